using Microsoft.Data.Sqlite;

namespace Governance.Suite.LocalPubSub.Storage;

/// <summary>
/// Subscriptions by number. Discovered ones are kept with their definition, so that messages are stored for their app
/// before it is up. A row is never removed: what is owed to a subscription that is configured again is then delivered.
/// </summary>
internal sealed class SubscriptionTable(SqliteConnection connection) : IDisposable
{
    private readonly Lock _gate = new();

    /// <summary>The subscription's number, given at its first appearance.</summary>
    /// <param name="key">App, component and topic.</param>
    /// <param name="discovered">The definition to remember; null for one that a file declares.</param>
    public long NumberOf((string AppId, string PubSub, string Topic) key, string? discovered)
    {
        lock (_gate)
        {
            using var command = connection.CreateCommand();
            command.CommandText =
                """
                INSERT INTO subscription (app, pubsub, topic, discovered) VALUES (@app, @pubsub, @topic, @discovered)
                ON CONFLICT (app, pubsub, topic) DO UPDATE SET discovered = excluded.discovered RETURNING id
                """;
            command.Parameters.AddWithValue("@app", key.AppId);
            command.Parameters.AddWithValue("@pubsub", key.PubSub);
            command.Parameters.AddWithValue("@topic", key.Topic);
            command.Parameters.AddWithValue("@discovered", (object?)discovered ?? DBNull.Value);
            return (long)command.ExecuteScalar()!;
        }
    }

    /// <summary>Forgets that the app asked for this topic; what it is still owed stays in the file.</summary>
    public void Forget((string AppId, string PubSub, string Topic) key) => NumberOf(key, null);

    /// <summary>What each app answered when it was last asked.</summary>
    public IReadOnlyList<(string AppId, string Definition)> Discovered()
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT app, discovered FROM subscription WHERE discovered IS NOT NULL ORDER BY id";
        using var rows = command.ExecuteReader();
        var found = new List<(string, string)>();
        while (rows.Read()) found.Add((rows.GetString(0), rows.GetString(1)));
        return found;
    }

    public void Dispose() => connection.Dispose();
}
