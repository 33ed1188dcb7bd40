using NodaTime;

namespace Governance.MaintenanceWindows.Recurrence;

/// <summary>
/// What to preview: occurrences that end after <paramref name="From"/> (without a duration: start at or after it; unset:
/// from the first) and start before <paramref name="Until"/> (unset: no end), at most <paramref name="MaxOccurrences"/>.
/// <paramref name="Cutoff"/> is the window's, for the finding that nothing could start in it.
/// </summary>
internal sealed record PreviewRange(Instant? From, Instant? Until, int MaxOccurrences, Duration Cutoff = default);

/// <summary>One occurrence with its local times and the codes of what is special about it.</summary>
internal sealed record PreviewedOccurrence(
    Instant Start, Instant End, LocalDateTime LocalStart, LocalDateTime LocalEnd, IReadOnlyList<string> Notes);

/// <summary>The answer of a preview. <paramref name="Truncated"/>: there are more occurrences than were asked for.</summary>
internal sealed record Preview(
    IReadOnlyList<PreviewedOccurrence> Occurrences, IReadOnlyList<Finding> Findings, bool Truncated, string TzdbVersion);
