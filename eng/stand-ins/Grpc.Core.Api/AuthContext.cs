namespace Grpc.Core;

/// <summary>What the connection says of the peer: properties, one of which may be its identity.</summary>
public class AuthContext
{
    private readonly Dictionary<string, List<AuthProperty>> properties;

    /// <summary>Creates a context; <paramref name="peerIdentityPropertyName"/> is null when the peer is not authenticated.</summary>
    public AuthContext(string? peerIdentityPropertyName, Dictionary<string, List<AuthProperty>> properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        PeerIdentityPropertyName = peerIdentityPropertyName;
        this.properties = properties;
    }

    /// <summary>Whether the peer is authenticated.</summary>
    public bool IsPeerAuthenticated => PeerIdentityPropertyName is not null;

    /// <summary>Which property is the identity; null when the peer is not authenticated.</summary>
    public string? PeerIdentityPropertyName { get; }

    /// <summary>The properties that are the identity.</summary>
    public IEnumerable<AuthProperty> PeerIdentity =>
        PeerIdentityPropertyName is null ? [] : FindPropertiesByName(PeerIdentityPropertyName);

    /// <summary>All properties.</summary>
    public IEnumerable<AuthProperty> Properties => properties.Values.SelectMany(values => values);

    /// <summary>The properties of this name; none when there are none.</summary>
    public IEnumerable<AuthProperty> FindPropertiesByName(string propertyName)
    {
        ArgumentNullException.ThrowIfNull(propertyName);
        return properties.TryGetValue(propertyName, out var found) ? found : [];
    }
}
