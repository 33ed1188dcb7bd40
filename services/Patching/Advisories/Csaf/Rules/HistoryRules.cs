using System.Numerics;
using Governance.Patching.Advisories.Csaf.Schema;
using Governance.Patching.Documents;

namespace Governance.Patching.Advisories.Csaf.Rules;

/// <summary>Version and revision history: tests 6.1.14, 6.1.16 to 6.1.22 and 6.1.30.</summary>
internal static class HistoryRules
{
    public static IEnumerable<FieldFault> Check(CsafNode document, CsafTree tree)
    {
        var tracking = document.Field("document")!.Field("tracking")!;
        var history = History(tracking);
        var version = DocumentVersion.Of(tracking.Required("version"));
        var isDraft = tracking.Required("status") == "draft";
        return [.. Status(tracking, version, history, isDraft), .. Latest(
            tracking, version, history, isDraft), .. Order(tracking, history), .. Kinds(tracking, version, history)];
    }

    /// <summary>The items by date; those of one instant by version, so that what the date does not decide breaks no rule.</summary>
    private static List<Revision> History(CsafNode tracking) =>
    [
        .. tracking.Items("revision_history")
            .Select(item => new Revision(
                item.Field("number")!,
                DocumentVersion.Of(item.Required("number")),
                CsafFormats.TryTime(item.Required("date"), out var date) ? date : default))
            .OrderBy(revision => revision.Date).ThenBy(revision => revision.Version),
    ];

    private static IEnumerable<FieldFault> Status(CsafNode tracking, DocumentVersion version, List<Revision> history, bool isDraft)
    {
        var isPrerelease = version.Prerelease.Length > 0;
        if (!isDraft && (version.Major.IsZero || isPrerelease))
        {
            yield return tracking.Field("status")!.Fault($"6.1.17: Version {version.Text} is a draft.");
        }
        foreach (var early in history.Where(revision => !isDraft && revision.Version.Major.IsZero))
        {
            yield return early.Number.Fault($"6.1.18: A released document has no version {early.Version.Text} in its history.");
        }
        foreach (var early in history.Where(revision => revision.Version.Prerelease.Length > 0))
        {
            yield return early.Number.Fault($"6.1.19: {early.Version.Text} is a prerelease, which the history does not tell.");
        }
        if (!isDraft && isPrerelease)
        {
            yield return tracking.Field("version")!.Fault($"6.1.20: A released document's version is no prerelease as {version.Text} is.");
        }
    }

    private static IEnumerable<FieldFault> Latest(CsafNode tracking, DocumentVersion version, List<Revision> history, bool isDraft)
    {
        string Told(DocumentVersion one) => isDraft ? one.Release : one.Precedence;
        if (Told(version) != Told(history[^1].Version))
        {
            yield return tracking.Field("version")!
                .Fault($"6.1.16: The latest revision is {history[^1].Version.Text}, not {version.Text}.");
        }
    }

    private static IEnumerable<FieldFault> Order(CsafNode tracking, List<Revision> history)
    {
        if (history[0].Version.Major > BigInteger.One)
        {
            yield return history[0].Number.Fault($"6.1.21: The history begins with {history[0].Version.Text}, not with 0 or 1.");
        }
        foreach (var (before, after) in history.Zip(history.Skip(1)))
        {
            if (before.Version.CompareTo(after.Version) > 0)
            {
                yield return after.Number.Fault(
                    $"6.1.14: {after.Version.Text} is later than {before.Version.Text}, which is a higher version.");
            }
            if (after.Version.Major > before.Version.Major + 1)
            {
                yield return after.Number.Fault($"6.1.21: Between {before.Version.Text} and {after.Version.Text} a version is missing.");
            }
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var again in history.Where(revision => !seen.Add(revision.Version.Text)))
        {
            yield return again.Number.Fault($"6.1.22: Version {again.Version.Text} stands in the history twice.");
        }
    }

    private static IEnumerable<FieldFault> Kinds(CsafNode tracking, DocumentVersion version, List<Revision> history)
    {
        if (history.Find(revision => revision.Version.IsSemantic != version.IsSemantic) is { } other)
        {
            yield return other.Number.Fault($"6.1.30: {other.Version.Text} and {version.Text} mix whole numbers with semantic versions.");
        }
    }

    private sealed record Revision(CsafNode Number, DocumentVersion Version, DateTimeOffset Date);
}
