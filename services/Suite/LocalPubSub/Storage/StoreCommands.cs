using Microsoft.Data.Sqlite;

namespace Governance.Suite.LocalPubSub.Storage;

/// <summary>The writer's prepared statements, all inside its open transaction.</summary>
internal sealed class StoreCommands(SqliteConnection connection) : IDisposable
{
    private readonly SqliteCommand _insertMessage = Prepare(connection,
        """
        INSERT INTO message (id, pubsub, topic, body, raw, type, traceparent, tracestate, expires, published, later)
        VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10)
        """, 11);

    private readonly SqliteCommand _insertDelivery =
        Prepare(connection, "INSERT INTO delivery (subscription, message) VALUES (@p0, @p1)", 2);

    private readonly SqliteCommand _postpone = Prepare(connection,
        "UPDATE delivery SET failures = @p2, due = @p3 WHERE subscription = @p0 AND message = @p1", 4);

    private readonly SqliteCommand _deleteDelivery =
        Prepare(connection, "DELETE FROM delivery WHERE subscription = @p0 AND message = @p1", 2);

    private readonly SqliteCommand _deleteMessage = Prepare(connection, "DELETE FROM message WHERE id = @p0", 1);

    private SqliteCommand[] All => [_insertMessage, _insertDelivery, _postpone, _deleteDelivery, _deleteMessage];

    public void Insert(StoredMessage message, IEnumerable<long> subscriptions)
    {
        Run(_insertMessage, message.Id, message.PubSub, message.Topic, message.Body, message.Raw ? 1L : 0L,
            message.Type, message.TraceParent, message.TraceState, message.ExpiresAt, message.PublishedAt, message.Later ? 1L : 0L);
        foreach (var subscription in subscriptions) Run(_insertDelivery, subscription, message.Id);
    }

    public void Postpone(OwedDelivery delivery) =>
        Run(_postpone, delivery.Subscription, delivery.Message, (long)delivery.Failures, delivery.Due);

    /// <summary>Removes a delivery, and its message with the last one.</summary>
    public void Finish(long subscription, long message, bool last)
    {
        Run(_deleteDelivery, subscription, message);
        if (last) Remove(message);
    }

    public void Remove(long message) => Run(_deleteMessage, message);

    public void JoinTransaction(SqliteTransaction transaction)
    {
        foreach (var command in All) command.Transaction = transaction;
    }

    public void Dispose()
    {
        foreach (var command in All) command.Dispose();
    }

    private static SqliteCommand Prepare(SqliteConnection connection, string sql, int parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var index = 0; index < parameters; index++) command.Parameters.Add(new SqliteParameter { ParameterName = $"@p{index}" });
        return command;
    }

    private static void Run(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var index = 0; index < values.Length; index++) command.Parameters[index].Value = values[index] ?? DBNull.Value;
        command.ExecuteNonQuery();
    }
}
