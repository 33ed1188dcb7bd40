namespace Microsoft.SqlServer.Server;

/// <summary>Marks a type that SQL Server keeps as a column's value.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = false, Inherited = true)]
public sealed class SqlUserDefinedTypeAttribute : Attribute
{
    /// <summary>Marks a type that is stored in this way.</summary>
    public SqlUserDefinedTypeAttribute(Format format) => Format = format;

    /// <summary>How it is stored.</summary>
    public Format Format { get; }

    /// <summary>The most bytes that a value takes; -1 means no limit.</summary>
    public int MaxByteSize { get; set; }

    /// <summary>Whether all values take as many bytes.</summary>
    public bool IsFixedLength { get; set; }

    /// <summary>Whether comparing the bytes compares the values.</summary>
    public bool IsByteOrdered { get; set; }

    /// <summary>The method that checks a value; null means none.</summary>
    public string? ValidationMethodName { get; set; }

    /// <summary>The type's name in SQL Server; null means the class's.</summary>
    public string? Name { get; set; }
}
