using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Governance.Suite.LocalPubSub.Storage;

/// <summary>The SQLite file: messages, who subscribes, and which deliveries are still owed.</summary>
internal sealed class MessageStore : IDisposable
{
    private const long SchemaVersion = 2;

    private const string Schema =
        """
        PRAGMA auto_vacuum = INCREMENTAL;
        BEGIN;
        CREATE TABLE subscription (
          id INTEGER PRIMARY KEY, app TEXT NOT NULL, pubsub TEXT NOT NULL, topic TEXT NOT NULL, discovered TEXT,
          UNIQUE (app, pubsub, topic)) STRICT;
        CREATE TABLE message (
          id INTEGER PRIMARY KEY, pubsub TEXT NOT NULL, topic TEXT NOT NULL, body BLOB NOT NULL, raw INTEGER NOT NULL,
          type TEXT, traceparent TEXT, tracestate TEXT, expires INTEGER, published INTEGER NOT NULL,
          later INTEGER NOT NULL DEFAULT 0) STRICT;
        CREATE TABLE delivery (
          subscription INTEGER NOT NULL, message INTEGER NOT NULL, failures INTEGER NOT NULL DEFAULT 0, due INTEGER NOT NULL DEFAULT 0,
          PRIMARY KEY (subscription, message)) STRICT, WITHOUT ROWID;
        PRAGMA user_version = 2;
        COMMIT;
        """;

    private readonly SqliteConnection _writing;
    private readonly SqliteConnection _reading;
    private readonly SqliteCommand _select;
    private readonly Lock _readGate = new();
    private long _lastId;

    private MessageStore(string path, SqliteConnection writing, ILogger logger)
    {
        _writing = writing;
        _reading = Connect(path);
        _select = _reading.CreateCommand();
        _select.CommandText =
            "SELECT pubsub, topic, body, raw, type, traceparent, tracestate, expires, published, later FROM message WHERE id = @id";
        _select.Parameters.Add(new SqliteParameter { ParameterName = "@id" });
        _lastId = Convert.ToInt64(Scalar("SELECT coalesce(max(id), 0) FROM message"), CultureInfo.InvariantCulture);
        Subscriptions = new SubscriptionTable(Connect(path));
        Writer = new GroupCommitWriter(writing, logger);
    }

    public GroupCommitWriter Writer { get; }

    public SubscriptionTable Subscriptions { get; }

    public long NextId() => Interlocked.Increment(ref _lastId);

    public static MessageStore Open(string path, ILogger logger)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var writing = Connect(path);
        CreateOrCheck(writing, path);
        Execute(writing, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864;");
        // Left by a crash between a delivery's end and the removal of its message, or the other way round.
        Execute(writing, "DELETE FROM delivery WHERE message NOT IN (SELECT id FROM message)");
        Execute(writing, "DELETE FROM message WHERE id NOT IN (SELECT message FROM delivery); PRAGMA incremental_vacuum;");
        return new MessageStore(path, writing, logger);
    }

    /// <summary>All deliveries that are owed, oldest message first.</summary>
    public List<OwedDelivery> Owed()
    {
        lock (_readGate)
        {
            using var command = _reading.CreateCommand();
            command.CommandText =
                "SELECT subscription, message, failures, due, later FROM delivery JOIN message ON message.id = message ORDER BY message";
            using var rows = command.ExecuteReader();
            var owed = new List<OwedDelivery>();
            while (rows.Read())
            {
                owed.Add(new OwedDelivery(rows.GetInt64(0), rows.GetInt64(1), rows.GetInt32(2), rows.GetInt64(3), rows.GetInt64(4) != 0));
            }
            return owed;
        }
    }

    public StoredMessage? Read(long id)
    {
        lock (_readGate)
        {
            _select.Parameters[0].Value = id;
            using var row = _select.ExecuteReader();
            if (!row.Read()) return null;
            return new StoredMessage(
                id, row.GetString(0), row.GetString(1), (byte[])row.GetValue(2), row.GetInt64(3) != 0,
                Text(row, 4), Text(row, 5), Text(row, 6), row.IsDBNull(7) ? null : row.GetInt64(7), row.GetInt64(8), row.GetInt64(9) != 0);
        }
    }

    public void Dispose()
    {
        Writer.Dispose();
        Subscriptions.Dispose();
        _select.Dispose();
        _reading.Dispose();
        _writing.Dispose();
    }

    private static void CreateOrCheck(SqliteConnection connection, string path)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        var version = (long)command.ExecuteScalar()!;
        if (version > SchemaVersion)
        {
            throw new LocalPubSubConfigurationException(
                [$"{path} was written by a newer version (schema {version}, this program knows {SchemaVersion})"]);
        }
        if (version == 0)
        {
            Execute(connection, Schema);
        }
        else if (version == 1)
        {
            Execute(connection, "BEGIN; ALTER TABLE message ADD COLUMN later INTEGER NOT NULL DEFAULT 0; PRAGMA user_version = 2; COMMIT;");
        }
    }

    private static SqliteConnection Connect(string path)
    {
        // Not pooled: a closed store must let go of its file.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private object? Scalar(string sql)
    {
        using var command = _writing.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
