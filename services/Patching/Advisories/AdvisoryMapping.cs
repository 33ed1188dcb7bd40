using Governance.Patching.Advisories.Matching;
using Governance.Patching.Inventory;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Advisories;

/// <summary>What an advisory affects, as messages.</summary>
internal static class AdvisoryMapping
{
    public static Proto.AffectedPackage ToProto(AffectedPackage affected) => new()
    {
        Ecosystem = affected.Ecosystem ?? "",
        Package = affected.Name ?? "",
        Purl = affected.Purl ?? Ecosystems.ToPurl(affected.Ecosystem ?? "", affected.Name ?? "")?.ToString() ?? "",
        Ranges = { affected.Ranges.Select(ToProto) },
        Versions = { affected.Versions },
        FixedVersions = { AffectedVersions.FixesAbove([affected], null) },
    };

    public static Proto.Reference ToProto(AdvisoryReference reference) => new()
    {
        Type = reference.Type,
        Url = reference.Url,
        Tags = { reference.Tags ?? [] },
    };

    public static Proto.CpeCriteria ToProto(CpeCriteria cpe) => new()
    {
        Criteria = cpe.Criteria,
        VersionStartIncluding = cpe.StartIncluding ?? "",
        VersionStartExcluding = cpe.StartExcluding ?? "",
        VersionEndIncluding = cpe.EndIncluding ?? "",
        VersionEndExcluding = cpe.EndExcluding ?? "",
    };

    private static Proto.VersionRange ToProto(VersionRange range) => new()
    {
        Type = range.Type == RangeType.Unknown ? "" : range.Type.ToString().ToUpperInvariant(),
        Events = { range.Events.Select(ToProto) },
    };

    private static Proto.RangeEvent ToProto(RangeEvent change) => change.Kind switch
    {
        RangeEventKind.Introduced => new Proto.RangeEvent { Introduced = change.Version },
        RangeEventKind.Fixed => new Proto.RangeEvent { Fixed = change.Version },
        RangeEventKind.LastAffected => new Proto.RangeEvent { LastAffected = change.Version },
        RangeEventKind.Limit => new Proto.RangeEvent { Limit = change.Version },
        _ => throw new InvalidOperationException($"No such event: {change.Kind}."),
    };
}
