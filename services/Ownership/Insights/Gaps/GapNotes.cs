using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Persistence;
using Governance.Ownership.Resolution;
using NodaTime;

namespace Governance.Ownership.Insights.Gaps;

/// <summary>Marks components whose trail ended when somebody asked; once a minute for each area, however often it is asked.</summary>
internal sealed class GapNotes(TrailEnds ends, Writes<OwnershipDb> writes)
{
    private const int Most = 10_000;
    private static readonly Duration Once = Duration.FromMinutes(1);
    private readonly Dictionary<(string Component, string Area), Instant> _noted = [];

    public async Task MarkAsync(Instant now, CancellationToken ct)
    {
        var asked = new HashSet<(string Component, string Area)>();
        while (ends.Reader.TryRead(out var end)) asked.Add((end.Component, Timelines.IdOf(end.Area)));
        asked.RemoveWhere(one => _noted.TryGetValue(one, out var last) && last <= now && now < last + Once);
        if (asked.Count == 0) return;
        await writes.RunAsync(
            "NoteTrailEnds",
            (unit, _) =>
            {
                foreach (var (component, area) in asked)
                {
                    unit.Db.GapMarks.Add(new GapMarkRow
                    {
                        Subject = component,
                        Kind = MarkKind.Component,
                        Sequence = unit.Sequence,
                        From = now,
                        Time = now,
                        Asked = area,
                    });
                }
                return Task.CompletedTask;
            },
            ct);
        if (_noted.Count > Most) _noted.Clear();
        foreach (var one in asked) _noted[one] = now;
    }
}
