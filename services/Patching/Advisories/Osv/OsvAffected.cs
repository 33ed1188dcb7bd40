using Governance.Patching.Documents;

namespace Governance.Patching.Advisories.Osv;

/// <summary>Reads one entry of <c>affected</c>.</summary>
internal static class OsvAffected
{
    private static readonly (string Name, RangeEventKind Kind)[] EventKinds =
    [
        ("introduced", RangeEventKind.Introduced), ("fixed", RangeEventKind.Fixed),
        ("last_affected", RangeEventKind.LastAffected), ("limit", RangeEventKind.Limit),
    ];

    public static AffectedPackage Read(JsonFields affected)
    {
        string? ecosystem = null, name = null, purl = null;
        if (affected.OptionalObject("package") is { } package)
        {
            (ecosystem, name, purl) = (package.RequiredText("ecosystem"), package.RequiredText("name"), package.OptionalText("purl"));
        }
        var ranges = affected.Items("ranges").Select(item => ReadRange(affected.Object(item.Element, item.Path))).ToList();
        return new AffectedPackage(ecosystem, name, purl, ranges, affected.Texts("versions"));
    }

    private static VersionRange ReadRange(JsonFields range)
    {
        var type = range.RequiredText("type") switch
        {
            "SEMVER" => RangeType.SemVer,
            "ECOSYSTEM" => RangeType.Ecosystem,
            "GIT" => RangeType.Git,
            _ => RangeType.Unknown,
        };
        var events = range.Items("events").SelectMany(item => ReadEvent(range.Object(item.Element, item.Path))).ToList();
        if (!events.Exists(e => e.Kind == RangeEventKind.Introduced))
        {
            range.Fault("events", "At least one event must say where the range is introduced.");
        }
        return new VersionRange(type, events, range.OptionalObject("database_specific")?.LenientText("constraint"));
    }

    private static List<RangeEvent> ReadEvent(JsonFields fields)
    {
        var events = new List<RangeEvent>(1);
        foreach (var (name, kind) in EventKinds)
        {
            if (fields.Has(name))
            {
                events.Add(new RangeEvent(kind, fields.RequiredText(name)));
            }
        }

        if (events.Count != 1)
        {
            fields.Fault("", "Exactly one of introduced, fixed, last_affected and limit must be given.");
        }
        return events;
    }
}
