namespace Microsoft.SqlServer.Server;

/// <summary>Whether a function reads users' data.</summary>
public enum DataAccessKind
{
    /// <summary>It does not.</summary>
    None = 0,

    /// <summary>It reads.</summary>
    Read = 1,
}

/// <summary>Whether a function reads the system's catalogues.</summary>
public enum SystemDataAccessKind
{
    /// <summary>It does not.</summary>
    None = 0,

    /// <summary>It reads.</summary>
    Read = 1,
}

/// <summary>Marks a method that SQL Server runs as a function.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = false, Inherited = false)]
public class SqlFunctionAttribute : Attribute
{
    /// <summary>Whether equal arguments give equal results.</summary>
    public bool IsDeterministic { get; set; }

    /// <summary>Whether it reads users' data.</summary>
    public DataAccessKind DataAccess { get; set; }

    /// <summary>Whether it reads the system's catalogues.</summary>
    public SystemDataAccessKind SystemDataAccess { get; set; }

    /// <summary>Whether it computes with floating point.</summary>
    public bool IsPrecise { get; set; }

    /// <summary>The function's name in SQL Server; null means the method's.</summary>
    public string? Name { get; set; }

    /// <summary>The columns of the table that it returns.</summary>
    public string? TableDefinition { get; set; }

    /// <summary>The method that fills a row of that table.</summary>
    public string? FillRowMethodName { get; set; }
}

/// <summary>Marks a method of a user-defined type.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = false, Inherited = false)]
public sealed class SqlMethodAttribute : SqlFunctionAttribute
{
    /// <summary>Whether it is called when an argument is NULL.</summary>
    public bool OnNullCall { get; set; } = true;

    /// <summary>Whether it changes the value.</summary>
    public bool IsMutator { get; set; }

    /// <summary>Whether it is called on a value that is NULL.</summary>
    public bool InvokeIfReceiverIsNull { get; set; }
}

/// <summary>Describes a parameter, a result or a field.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.ReturnValue,
    AllowMultiple = false, Inherited = false)]
public class SqlFacetAttribute : Attribute
{
    /// <summary>Whether the length is fixed.</summary>
    public bool IsFixedLength { get; set; }

    /// <summary>The most characters or bytes; -1 means no limit.</summary>
    public int MaxSize { get; set; }

    /// <summary>The number of digits.</summary>
    public int Precision { get; set; }

    /// <summary>The number of digits after the point.</summary>
    public int Scale { get; set; }

    /// <summary>Whether NULL is allowed.</summary>
    public bool IsNullable { get; set; }
}
