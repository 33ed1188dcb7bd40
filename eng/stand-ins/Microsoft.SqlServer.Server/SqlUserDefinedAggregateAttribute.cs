namespace Microsoft.SqlServer.Server;

/// <summary>Marks a type that SQL Server runs as an aggregate function.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = false, Inherited = false)]
public sealed class SqlUserDefinedAggregateAttribute : Attribute
{
    /// <summary>The most bytes that a state of limited size may take.</summary>
    public const int MaxByteSizeValue = 8000;

    private int maxByteSize;

    /// <summary>Marks an aggregate whose state is stored in this way.</summary>
    public SqlUserDefinedAggregateAttribute(Format format) => Format = format;

    /// <summary>How the state is stored.</summary>
    public Format Format { get; }

    /// <summary>The most bytes that the state takes; -1 means up to two gigabytes.</summary>
    public int MaxByteSize
    {
        get => maxByteSize;
        set => maxByteSize = value is >= -1 and <= MaxByteSizeValue
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"The size must be -1 to {MaxByteSizeValue} bytes.");
    }

    /// <summary>Whether a repeated value changes nothing.</summary>
    public bool IsInvariantToDuplicates { get; set; }

    /// <summary>Whether NULL changes nothing.</summary>
    public bool IsInvariantToNulls { get; set; }

    /// <summary>Whether the order of values changes nothing.</summary>
    public bool IsInvariantToOrder { get; set; }

    /// <summary>Whether the aggregate of no values is NULL.</summary>
    public bool IsNullIfEmpty { get; set; }

    /// <summary>The function's name in SQL Server; null means the class's.</summary>
    public string? Name { get; set; }
}
