using Governance.Patching.Advisories.Matching;
using Governance.Patching.Inventory;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Advisories;

/// <summary>What an advisory affects, as messages.</summary>
internal static class AdvisoryMapping
{
    private const int MostStatements = 500;

    public static Proto.AffectedPackage ToProto(AffectedPackage affected) => new()
    {
        Ecosystem = affected.Ecosystem ?? "",
        Package = affected.Name ?? "",
        Purl = affected.Purl ?? Ecosystems.ToPurl(affected.Ecosystem ?? "", affected.Name ?? "")?.ToString() ?? "",
        Ranges = { affected.Ranges.Select(ToProto) },
        Versions = { affected.Versions },
        FixedVersions = { AffectedVersions.FixesAbove([affected], null) },
        Statements = { affected.Statements.Take(MostStatements).Select(ToProto) },
    };

    public static Proto.VendorRemedy ToProto(VendorRemedy remedy) => new()
    {
        Category = remedy.Category,
        Details = remedy.Details,
        Url = remedy.Url ?? "",
        Products = { remedy.Products },
    };

    private static Proto.VersionStatement ToProto(VersionStatement statement) => new()
    {
        Status = statement.Status switch
        {
            VersionStatus.Fixed => Proto.VersionStatement.Types.Status.Fixed,
            VersionStatus.NotAffected => Proto.VersionStatement.Types.Status.NotAffected,
            VersionStatus.UnderInvestigation => Proto.VersionStatement.Types.Status.UnderInvestigation,
            _ => throw new InvalidOperationException($"No such status: {statement.Status}."),
        },
        Version = statement.Version ?? "",
        Reason = statement.Reason ?? "",
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
        Notation = range.Type == RangeType.Unknown ? range.Constraint ?? "" : "",
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
