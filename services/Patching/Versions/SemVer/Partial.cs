using System.Globalization;

namespace Governance.Patching.Versions.SemVer;

/// <summary>A version in a range, where a number may be missing or an <c>x</c>, and what its operators mean.</summary>
internal readonly record struct Partial(UInt128? Major, UInt128? Minor, UInt128? Patch, string Prerelease)
{
    /// <summary>The lowest prerelease: an upper bound that carries it keeps the bound's prereleases out.</summary>
    private const string Lowest = "0";

    /// <summary>One comparison with a whole version.</summary>
    /// <param name="Operator">What the version must be to the bound.</param>
    /// <param name="Bound">The version to compare with.</param>
    /// <param name="OpensToPrereleases">Whether including prereleases lowers this bound to the release's first one.</param>
    internal sealed record Simple(Operator Operator, SemanticVersion Bound, bool OpensToPrereleases = false)
    {
        private readonly SemanticVersion _opened = SemanticVersion.Of(Bound.Core, Lowest);

        public bool Allows(SemanticVersion version, bool includePrerelease)
        {
            var order = version.CompareTo(OpensToPrereleases && includePrerelease ? _opened : Bound);
            return Operator switch
            {
                Operator.Less => order < 0,
                Operator.AtMost => order <= 0,
                Operator.Greater => order > 0,
                Operator.AtLeast => order >= 0,
                _ => order == 0,
            };
        }
    }

    internal enum Operator
    {
        Equal,
        Less,
        AtMost,
        Greater,
        AtLeast,
    }

    public static bool TryParse(string major, string minor, string patch, string prerelease, out Partial partial)
    {
        partial = default;
        if (!TryParseNumber(major, out var first) || !TryParseNumber(minor, out var second) || !TryParseNumber(patch, out var third))
        {
            return false;
        }
        (second, third) = (first is null ? null : second, first is null || second is null ? null : third);
        partial = new Partial(first, second, third, third is null ? "" : prerelease);
        return true;
    }

    public IEnumerable<Simple> Compare(Operator op)
    {
        if (Patch is not null)
        {
            return [new Simple(op, Exact())];
        }
        if (Major is null)
        {
            return op is Operator.Less or Operator.Greater ? [Below(0, 0, 0)] : [];
        }
        return op switch
        {
            Operator.Less => [Below(Major.Value, Minor ?? 0, 0)],
            Operator.AtLeast => [Lower()],
            Operator.Greater => [Next() with { Operator = Operator.AtLeast, OpensToPrereleases = true }],
            Operator.AtMost => [BelowNext()],
            _ => [Lower(), BelowNext()],
        };
    }

    public IEnumerable<Simple> Tilde() => Major is null ? []
        : Patch is null ? [Lower(), BelowNext()]
        : [new Simple(Operator.AtLeast, Exact()), Below(Major.Value, Minor!.Value + 1, 0)];

    public IEnumerable<Simple> Caret()
    {
        if (Major is not { } major)
        {
            return [];
        }
        if (major > 0 || Minor is not { } minor)
        {
            return [Lower() with { OpensToPrereleases = Patch is null }, Below(major + 1, 0, 0)];
        }
        return minor > 0 || Patch is not { } patch
            ? [Lower(), Below(major, minor + 1, 0)]
            : [Lower(), Below(major, minor, patch + 1)];
    }

    public IEnumerable<Simple> From() => Major is null ? [] : [Lower()];

    public IEnumerable<Simple> UpTo() => Major is null ? []
        : Patch is null ? [BelowNext()]
        : [new Simple(Operator.AtMost, Exact())];

    private SemanticVersion Exact() => SemanticVersion.Of(new(Major!.Value, Minor!.Value, Patch!.Value), Prerelease);

    private Simple Lower() => new(
        Operator.AtLeast, SemanticVersion.Of(new(Major!.Value, Minor ?? 0, Patch ?? 0), Prerelease), Prerelease.Length == 0);

    private Simple Next() => new(Operator.Less, SemanticVersion.Of(NextCore(), ""));

    private Simple BelowNext() => new(Operator.Less, SemanticVersion.Of(NextCore(), Lowest));

    private SemanticVersion.Numbers NextCore() => Minor is null ? new(Major!.Value + 1, 0, 0) : new(Major!.Value, Minor.Value + 1, 0);

    private static Simple Below(UInt128 major, UInt128 minor, UInt128 patch) =>
        new(Operator.Less, SemanticVersion.Of(new(major, minor, patch), Lowest));

    private static bool TryParseNumber(string text, out UInt128? number)
    {
        number = null;
        if (text is "" or "x" or "X" or "*")
        {
            return true;
        }
        var read = UInt128.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        number = value;
        return read && value < UInt128.MaxValue && (text.Length == 1 || text[0] != '0');
    }
}
