namespace Governance.Patching.Inventory;

/// <summary>What a package URL's qualifiers tell of a distribution's package: advisories name its source and its release.</summary>
/// <param name="Distribution">The release, as <c>debian-12</c> or <c>bookworm</c>; null where it does not say.</param>
/// <param name="Upstream">The source package, with its version after an <c>@</c> where it differs; null where it does not say.</param>
/// <param name="Epoch">An RPM's epoch; null where it does not say.</param>
/// <param name="IsSource">Whether the package is itself a source package.</param>
internal sealed record PurlOrigin(string? Distribution, string? Upstream, string? Epoch, bool IsSource)
{
    /// <param name="qualifiers">Canonical.</param>
    /// <returns>Null where they tell nothing of it.</returns>
    public static PurlOrigin? Of(string qualifiers)
    {
        if (qualifiers.Length == 0)
        {
            return null;
        }
        var pairs =
            qualifiers.Split('&').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => PurlEncoding.Decode(pair[1]));
        var origin = new PurlOrigin(
            pairs.GetValueOrDefault("distro"),
            pairs.GetValueOrDefault("upstream"),
            pairs.GetValueOrDefault("epoch"),
            pairs.GetValueOrDefault("arch") is "source" or "src");
        return origin is (null, null, null, false) ? null : origin;
    }
}
