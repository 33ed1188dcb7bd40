using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Names;
using Governance.Common.V1;
using Governance.Patching.Deadlines;
using Governance.Patching.Fields;
using Governance.Patching.V1;
using NodaTime;

namespace Governance.Patching.Exceptions;

/// <summary>Reads what an exception asks for out of a request, and holds it to the policy.</summary>
internal static class ExceptionFields
{
    public const string Expiry = "exception.expiry";

    private const int MostRemediations = 100;
    private const int MostControls = 20;
    private const int LongestText = 4000;
    private const int LongestControl = 1000;

    /// <summary>What is to be approved, and nothing else; meaningless once <paramref name="faults"/> has any.</summary>
    public static RemediationException Terms(this FieldFaults faults, RemediationException sent)
    {
        var remediations = sent.Remediations.Distinct().Order(StringComparer.Ordinal).ToList();
        faults.Check(
            remediations.Count is > 0 and <= MostRemediations,
            "exception.remediations",
            $"Has {remediations.Count}; 1 to {MostRemediations} are possible.",
            "OUT_OF_RANGE");
        for (var i = 0; i < sent.Remediations.Count; i++) faults.Name(sent.Remediations[i], "remediations", $"exception.remediations[{i}]");
        faults.Required(sent.Reason, "exception.reason").Length(sent.Reason, LongestText, "exception.reason");
        faults.Controls(sent.CompensatingControls);
        faults.Check(
            sent.Risk is { Level: >= Severity.Low and <= Severity.Critical },
            "exception.risk.level",
            "LOW, MEDIUM, HIGH or CRITICAL is required.",
            "REQUIRED");
        faults.Length(sent.Risk?.Description ?? "", LongestText, "exception.risk.description");
        faults.Required(sent.Expiry, Expiry);
        var (expiry, review) = (faults.Moment(sent.Expiry, Expiry), faults.Moment(sent.NextReviewTime, "exception.next_review_time"));
        return new RemediationException
        {
            Remediations = { remediations },
            Reason = sent.Reason,
            CompensatingControls = { sent.CompensatingControls },
            Risk = sent.Risk,
            Expiry = expiry?.ToTimestamp(),
            NextReviewTime = review?.ToTimestamp(),
        };
    }

    /// <summary>Adds faults where it would not last from now until its expiry, or longer than the policy allows.</summary>
    public static void HoldTo(this FieldFaults faults, DeadlinePolicy policy, RemediationException terms, Instant now)
    {
        var (expiry, latest) = (terms.Expiry.ToInstant(), LatestUnder(policy, now));
        faults.Check(expiry > now, Expiry, $"Is {expiry}; it must be after {now}, which is now.", "NOT_IN_THE_FUTURE");
        faults.Check(expiry <= latest, Expiry, TooLong(expiry, policy, latest), "TOO_LATE");
        if (terms.NextReviewTime?.ToInstant() is { } review) faults.Review(review, expiry, now, "exception.next_review_time");
    }

    public static void Review(this FieldFaults faults, Instant review, Instant expiry, Instant now, string field) =>
        faults.Check(
            review > now && review < expiry,
            field,
            $"Is {review}; it must be after {now}, which is now, and before {expiry}, when the exception ends.",
            "OUT_OF_RANGE");

    /// <summary>Approved now, it may end at this instant at the latest.</summary>
    public static Instant LatestUnder(DeadlinePolicy policy, Instant now) => now + Duration.FromDays(policy.MaximumExceptionDays);

    public static string TooLong(Instant expiry, DeadlinePolicy policy, Instant latest) =>
        $"Is {expiry}; policies/{policy.Id} lets an exception last at most {policy.MaximumExceptionDays} days: until {latest}.";

    private static void Controls(this FieldFaults faults, IReadOnlyList<string> controls)
    {
        const string Field = "exception.compensating_controls";
        faults.Check(controls.Count <= MostControls, Field, $"Has {controls.Count}; at most {MostControls} are possible.", "TOO_MANY");
        for (var i = 0; i < controls.Count; i++)
        {
            faults.Required(controls[i], $"{Field}[{i}]").Length(controls[i], LongestControl, $"{Field}[{i}]");
        }
    }
}
