namespace Microsoft.SqlServer.Server;

/// <summary>Implemented by user-defined types and aggregates that write and read themselves.</summary>
public interface IBinarySerialize
{
    /// <summary>Takes the state from the reader.</summary>
    void Read(BinaryReader r);

    /// <summary>Puts the state to the writer.</summary>
    void Write(BinaryWriter w);
}

/// <summary>How a user-defined type or aggregate is stored.</summary>
public enum Format
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>By its fields, by SQL Server.</summary>
    Native = 1,

    /// <summary>By itself: see <see cref="IBinarySerialize"/>.</summary>
    UserDefined = 2,
}
