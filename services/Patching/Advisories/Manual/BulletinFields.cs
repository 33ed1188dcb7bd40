using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.Common.V1;
using Governance.Patching.Advisories.Cvss;
using NodaTime;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Advisories.Manual;

/// <summary>Reads an advisory that a person enters. What only sources and the service say is passed over.</summary>
internal static class BulletinFields
{
    private const int LongestId = 128;
    private const int MostItems = 200;
    private const string IdSigns = "-_.:";

    /// <summary>The id that the caller chose, or a UUIDv7.</summary>
    public static string BulletinId(this FieldFaults faults, string chosen, string field)
    {
        if (chosen.Length == 0) return Guid.CreateVersion7().ToString();
        faults.Id(chosen, field);
        return chosen;
    }

    /// <summary>What is said of the vulnerability; meaningless once <paramref name="faults"/> has any.</summary>
    public static AdvisoryRecord Bulletin(this FieldFaults faults, Proto.Advisory advisory, string id, Instant now)
    {
        faults.Required(advisory.Summary, "advisory.summary").Length(advisory.Summary, 300, "advisory.summary");
        faults.Check(!advisory.Summary.AsSpan().ContainsAny('\r', '\n'), "advisory.summary", "Must be one line.", "NOT_ONE_LINE");
        faults.Length(advisory.Details, 64 * 1024, "advisory.details");
        faults.Check(Enum.IsDefined(advisory.Severity), "advisory.severity", $"{(int)advisory.Severity} is no severity.", "UNKNOWN_VALUE");
        faults.Most(advisory.Aliases.Count, "advisory.aliases").Most(advisory.Cvss.Count, "advisory.cvss");
        faults.Most(advisory.Affected.Count, "advisory.affected").Most(advisory.References.Count, "advisory.references");
        for (var i = 0; i < advisory.Aliases.Count; i++) faults.Id(advisory.Aliases[i], $"advisory.aliases[{i}]");
        var published = faults.Moment(advisory.Published, "advisory.published") ?? now;
        var vectors = advisory.Cvss.Select((score, place) => faults.Vector(score, $"advisory.cvss[{place}].vector")).ToList();
        return new AdvisoryRecord(
            id,
            [.. advisory.Aliases.Where(alias => alias != id).Distinct(StringComparer.Ordinal)],
            now.ToDateTimeOffset(),
            published.ToDateTimeOffset(),
            null,
            advisory.Summary,
            advisory.Details.Length == 0 ? null : advisory.Details,
            SeverityAssessment.Assess(advisory.Severity == Severity.Unspecified ? null : advisory.Severity.ToString(), vectors),
            [.. advisory.Affected.Select((affected, place) => faults.Affected(affected, $"advisory.affected[{place}]"))],
            [.. advisory.References.Select((reference, place) => faults.Reference(reference, $"advisory.references[{place}]"))],
            "");
    }

    private static FieldFaults Most(this FieldFaults faults, int count, string field) =>
        faults.Check(count <= MostItems, field, $"Has {count}; at most {MostItems} are possible.", "TOO_MANY");

    private static void Id(this FieldFaults faults, string id, string field) => faults.Check(
        id.Length is > 0 and <= LongestId
            && id.All(sign => char.IsAsciiLetterOrDigit(sign) || IdSigns.Contains(sign, StringComparison.Ordinal)),
        field, $"'{id[..Math.Min(60, id.Length)]}' is no id: letters, digits, hyphen, underscore, period and colon, at most "
            + $"{LongestId}.", "INVALID_ID");

    private static SeverityVector Vector(this FieldFaults faults, Proto.CvssScore score, string field)
    {
        var vector = CvssVector.Read(score.Vector, out var fault);
        if (fault is not null) faults.Add(field, fault.Description, fault.Reason);
        return new SeverityVector(vector?.Version == CvssVersion.V40 ? "CVSS_V4" : "CVSS_V3", score.Vector);
    }

    private static AdvisoryReference Reference(this FieldFaults faults, Proto.Reference reference, string field)
    {
        var isLink = Uri.TryCreate(reference.Url, UriKind.Absolute, out var url) && url.Scheme is "https" or "http";
        faults.Check(isLink, $"{field}.url", "Must be an http or https address.", "INVALID_URL").Length(
            reference.Url, 2000, $"{field}.url");
        faults.Length(reference.Type, 40, $"{field}.type");
        return new AdvisoryReference(
            reference.Type.Length == 0 ? "WEB" : reference.Type, reference.Url, reference.Tags.Count == 0 ? null : [.. reference.Tags]);
    }
}
