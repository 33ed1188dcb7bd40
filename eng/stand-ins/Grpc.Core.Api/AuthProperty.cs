using System.Text;

namespace Grpc.Core;

/// <summary>One thing that the connection says of the peer.</summary>
public class AuthProperty
{
    private readonly byte[] valueBytes;
    private string? value;

    private AuthProperty(string name, byte[] valueBytes)
    {
        Name = name;
        this.valueBytes = valueBytes;
    }

    /// <summary>The property's name.</summary>
    public string Name { get; }

    /// <summary>The value as UTF-8 text.</summary>
    public string Value => value ??= Encoding.UTF8.GetString(valueBytes);

    /// <summary>The value, as a copy.</summary>
    public byte[] ValueBytes => valueBytes.AsSpan().ToArray();

    /// <summary>Creates a property over a copy of the bytes.</summary>
    public static AuthProperty Create(string name, byte[] valueBytes)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(valueBytes);
        return new AuthProperty(name, valueBytes.AsSpan().ToArray());
    }
}
