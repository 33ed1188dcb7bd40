using Governance.BuildingBlocks.Errors;
using Governance.Patching.Inventory;
using Governance.Patching.Versions;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Advisories.Manual;

/// <summary>Reads which packages and versions a bulletin names.</summary>
internal static class BulletinPackages
{
    private const int MostVersions = 1000;

    public static AffectedPackage Affected(this FieldFaults faults, Proto.AffectedPackage affected, string field)
    {
        var (ecosystem, name) = faults.Package(affected, field);
        var scheme = VersionSchemes.For(ecosystem);
        faults.Check(
            affected.Ranges.Count + affected.Versions.Count > 0,
            field,
            "Ranges or versions are required: else nobody can tell who is affected.",
            "REQUIRED");
        faults.Check(
            affected.Versions.Count <= MostVersions,
            $"{field}.versions",
            $"Has {affected.Versions.Count}; at most {MostVersions} are possible.",
            "TOO_MANY");
        for (var i = 0; i < affected.Versions.Count; i++) faults.Version(affected.Versions[i], scheme, $"{field}.versions[{i}]");
        return new AffectedPackage(
            ecosystem,
            name,
            affected.Purl.Length == 0 ? null : affected.Purl,
            [.. affected.Ranges.Select((range, place) => faults.Range(range, scheme, $"{field}.ranges[{place}]"))],
            [.. affected.Versions.Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>By purl, or by ecosystem and name; where both are given they must be the same.</summary>
    private static (string Ecosystem, string Name) Package(this FieldFaults faults, Proto.AffectedPackage affected, string field)
    {
        if (affected.Purl.Length == 0)
        {
            faults.Required(affected.Ecosystem, $"{field}.ecosystem").Length(affected.Ecosystem, 64, $"{field}.ecosystem");
            faults.Required(affected.Package, $"{field}.package").Length(affected.Package, 300, $"{field}.package");
            return (affected.Ecosystem, affected.Package);
        }

        if (!PackageUrl.TryParse(affected.Purl, out var purl, out var fault))
        {
            faults.Add($"{field}.purl", fault, "INVALID_PURL");
        }
        else if (purl.Version is not null)
        {
            faults.Add($"{field}.purl", "Must be without a version: ranges and versions say which are affected.", "INVALID_PURL");
        }
        else if (Ecosystems.Of(purl) is not { } known)
        {
            faults.Add($"{field}.purl", $"Packages of type {purl.Type} are not matched.", "UNKNOWN_ECOSYSTEM");
        }
        else
        {
            var isSame = (affected.Ecosystem.Length == 0 || Ecosystems.AreSame(affected.Ecosystem, known.Ecosystem))
                && (affected.Package.Length == 0 || Ecosystems.NormalizeName(known.Ecosystem, affected.Package) == known.Name);
            faults.Check(
                isSame,
                $"{field}.purl",
                $"Is {known.Ecosystem} {known.Name}, and not {affected.Ecosystem} {affected.Package}.",
                "CONTRADICTION");
            return (affected.Ecosystem.Length == 0 ? known.Ecosystem : affected.Ecosystem, known.Name);
        }

        return (affected.Ecosystem, affected.Package);
    }

    private static VersionRange Range(this FieldFaults faults, Proto.VersionRange range, IVersionScheme? scheme, string field)
    {
        faults.Check(
            range.Type is "" or "ECOSYSTEM" or "SEMVER",
            $"{field}.type",
            $"'{range.Type}' is neither ECOSYSTEM nor SEMVER.",
            "UNKNOWN_VALUE");
        var type = range.Type == "SEMVER" ? RangeType.SemVer : RangeType.Ecosystem;
        var order = type == RangeType.SemVer ? VersionSchemes.SemVer : scheme;
        var events = range.Events.Select((change, place) => faults.Event(change, order, $"{field}.events[{place}]")).ToList();
        faults.Check(
            events.Exists(change => change.Kind == RangeEventKind.Introduced),
            $"{field}.events",
            "One must say from which version on: introduced, `0` for all.",
            "REQUIRED");
        return new VersionRange(type, events, null);
    }

    private static RangeEvent Event(this FieldFaults faults, Proto.RangeEvent change, IVersionScheme? scheme, string field)
    {
        var said = new[]
        {
            (Kind: RangeEventKind.Introduced, Version: change.Introduced), (Kind: RangeEventKind.Fixed, Version: change.Fixed),
            (Kind: RangeEventKind.LastAffected, Version: change.LastAffected), (Kind: RangeEventKind.Limit, Version: change.Limit),
        }.Where(one => one.Version.Length > 0).ToList();
        if (said.Count != 1)
        {
            faults.Add(field, "Exactly one of introduced, fixed, last_affected and limit must be set.", "NOT_ONE");
            return new RangeEvent(RangeEventKind.Introduced, "0");
        }

        if (said[0] is not ((RangeEventKind.Introduced, "0") or (RangeEventKind.Limit, "*")))
        {
            faults.Version(said[0].Version, scheme, field);
        }
        return new RangeEvent(said[0].Kind, said[0].Version);
    }

    /// <summary>Of an ecosystem whose order is not known here any text may be a version.</summary>
    private static void Version(this FieldFaults faults, string version, IVersionScheme? scheme, string field)
    {
        if (string.IsNullOrWhiteSpace(version) || version.Length > 200)
        {
            faults.Add(field, "Must be 1 to 200 characters.", "INVALID_VERSION");
        }
        else if (scheme is not null && !scheme.TryParse(version, out _))
        {
            faults.Add(field, $"'{version}' is no {scheme.Name} version.", "INVALID_VERSION");
        }
    }
}
