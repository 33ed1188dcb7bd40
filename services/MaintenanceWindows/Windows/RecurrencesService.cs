using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.MaintenanceWindows.Fields;
using Governance.MaintenanceWindows.Recurrence;
using Governance.Windows.V1;
using Grpc.Core;
using NodaTime;
using PreviewedOccurrence = Governance.Windows.V1.PreviewedOccurrence;
using Proto = Governance.Windows.V1;

namespace Governance.MaintenanceWindows.Windows;

/// <summary>What a recurrence would hold, before something is stored.</summary>
internal sealed class RecurrencesService : Proto.Recurrences.RecurrencesBase
{
    private const int MostPreviewed = 10_000;
    private static readonly Duration LongestPreviewed = Duration.FromDays(366);

    public override Task<PreviewRecurrenceResponse> PreviewRecurrence(PreviewRecurrenceRequest request, ServerCallContext context)
    {
        var faults = new FieldFaults();
        var range = PreviewRange(faults, request);
        var set = faults.Recurrence(PreviewInput(faults, request), "");
        faults.ThrowIfAny();
        return Task.FromResult(Answer(RecurrencePreview.Of(set!, range)));
    }

    private static PreviewRange PreviewRange(FieldFaults faults, PreviewRecurrenceRequest request)
    {
        var (from, until) = (faults.Moment(request.From, "from"), faults.Moment(request.Until, "until"));
        if (from is not null && until is not null) faults.Check(until > from, "until", "Is not after from.", "ENDS_BEFORE_START");
        var most = request.MaxOccurrences;
        faults.Check(
            most is >= 0 and <= MostPreviewed,
            "max_occurrences",
            $"Is {most}; at most {MostPreviewed} are shown, 100 when unset.",
            "OUT_OF_RANGE");
        return new(from, until, most == 0 ? 100 : most, faults.Length(request.Cutoff, "cutoff", LongestPreviewed));
    }

    private static RecurrenceInput PreviewInput(FieldFaults faults, PreviewRecurrenceRequest request) => new()
    {
        Recurrence = request.Recurrence,
        TimeZone = request.TimeZone,
        Start = request.Start,
        Duration = request.Duration is null ? null : faults.Length(request.Duration, "duration", LongestPreviewed),
        RDates = request.Rdates,
        ExDates = request.Exdates,
        GapPolicy = faults.Gap(request.GapPolicy, "gap_policy"),
        OverlapPolicy = faults.Overlap(request.OverlapPolicy, "overlap_policy"),
        DurationPolicy = faults.Lasting(request.DurationPolicy, "duration_policy"),
    };

    private static PreviewRecurrenceResponse Answer(Preview preview) => new()
    {
        Occurrences =
        {
            preview.Occurrences.Select(occurrence => new PreviewedOccurrence
            {
                Start = occurrence.Start.ToMessage(),
                End = occurrence.End.ToMessage(),
                LocalStart = Civil.Format(occurrence.LocalStart),
                LocalEnd = Civil.Format(occurrence.LocalEnd),
                Notes = { occurrence.Notes },
            }),
        },
        Findings =
        {
            preview.Findings.Select(finding => new RecurrenceFinding
            {
                Code = finding.Code,
                Detail = finding.Detail,
                At = finding.At?.ToMessage(),
                Count = finding.Count,
            }),
        },
        TzdbVersion = preview.TzdbVersion,
        Truncated = preview.Truncated,
    };
}
