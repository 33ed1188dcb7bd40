using System.Diagnostics.CodeAnalysis;

namespace Governance.Patching.Versions.Vers;

/// <summary>A range of versions as a <c>vers:</c> URI, which CSAF and CycloneDX use.</summary>
/// <remarks>
/// Source: https://github.com/package-url/vers-spec. Versions are compared by the scheme of the URI's type. More
/// lenient than the specification in one place: constraints need not be sorted, where the type's order is known.
/// </remarks>
internal sealed class VersRange
{
    private readonly IReadOnlyList<VersConstraint> _exact;
    private readonly IReadOnlyList<VersConstraint> _bounds;
    private readonly bool _isAll;

    private VersRange(string type, IVersionScheme? scheme, IReadOnlyList<VersConstraint> constraints, bool isAll)
    {
        (Type, Scheme, Constraints, _isAll) = (type, scheme, constraints, isAll);
        _exact = [.. constraints.Where(one => one.IsExact)];
        _bounds = scheme is null ? [.. constraints.Where(one => !one.IsExact)] : VersOrder.Simplify(constraints);
    }

    /// <summary>The versioning scheme's name, mostly a package URL's type; lower case.</summary>
    public string Type { get; }

    /// <summary>What orders the versions; null where the type is not known here.</summary>
    public IVersionScheme? Scheme { get; }

    /// <summary>Lowest version first, where the order is known; empty where the range is all versions or none.</summary>
    public IReadOnlyList<VersConstraint> Constraints { get; }

    /// <summary>Reads a URI; on false, <paramref name="fault"/> says what is wrong.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out VersRange? range, [NotNullWhen(false)] out string? fault)
    {
        range = null;
        fault = VersParser.Parse(text ?? "", out var type, out var constraints);
        if (fault is not null)
        {
            return false;
        }
        var scheme = VersionSchemes.ForPurlType(type);
        fault = scheme is null ? VersOrder.Repeated(constraints) : VersOrder.Sort(scheme, ref constraints);
        range = fault is null ? new VersRange(type, scheme, constraints, constraints.Count == 0 && type != "none") : null;
        return range is not null;
    }

    /// <summary>
    /// Whether the version is in the range. Cannot be decided where the version is none of the type's, or the type is not
    /// known and the range is more than a list of versions.
    /// </summary>
    public Decision Contains(string? version)
    {
        if (Constraints.Count == 0)
        {
            return _isAll ? Decision.Yes : Decision.No;
        }
        if (string.IsNullOrWhiteSpace(version))
        {
            return Decision.CannotDecide;
        }
        if (Scheme is null)
        {
            return ContainsLiterally(version.Trim());
        }
        return Scheme.TryParse(version, out var read) && read.IsComparable ? Contains(read) : Decision.CannotDecide;
    }

    private Decision ContainsLiterally(string version)
    {
        var same = Constraints.FirstOrDefault(one => one.Text == version);
        if (same is not null)
        {
            return same.Comparator is Comparator.Equal or Comparator.LessOrEqual or Comparator.GreaterOrEqual ? Decision.Yes : Decision.No;
        }
        return _bounds.Count > 0 ? Decision.CannotDecide : AllButExceptions();
    }

    private Decision Contains(PackageVersion version)
    {
        foreach (var one in _exact)
        {
            if (Scheme!.Compare(version, one.Version!) == 0)
            {
                return one.Comparator == Comparator.Equal ? Decision.Yes : Decision.No;
            }
        }

        return _bounds.Count == 0 ? AllButExceptions() : VersOrder.Contains(Scheme!, _bounds, version) ? Decision.Yes : Decision.No;
    }

    /// <summary>Exceptions alone leave all other versions in.</summary>
    private Decision AllButExceptions() => _exact.All(one => one.Comparator == Comparator.NotEqual) ? Decision.Yes : Decision.No;
}

/// <param name="Comparator">How a version is to stand to this one.</param>
/// <param name="Text">The version, decoded.</param>
/// <param name="Version">What the scheme read of it; null where the scheme is not known.</param>
internal sealed record VersConstraint(Comparator Comparator, string Text, PackageVersion? Version)
{
    public bool IsExact => Comparator is Comparator.Equal or Comparator.NotEqual;

    public bool IsLower => Comparator is Comparator.Greater or Comparator.GreaterOrEqual;
}
