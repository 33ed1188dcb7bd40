using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Imports.Records;
using Governance.Ownership.Persistence;
using Governance.Ownership.Responsibilities;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Duties = Governance.Ownership.V1.Responsibility.Types.Duty;

namespace Governance.Ownership.Imports.Intake;

/// <summary>
/// Brings the responsibilities that a source gave in line with what it gives now: what it does not give any more ends now, what is new
/// begins now (where nobody had that duty before: it held always). What others entered is left alone.
/// </summary>
internal sealed class AssignmentIntake(WriteUnit<OwnershipDb> unit, CatalogScope scope, CatalogDocument document)
{
    public async Task TakeAsync(IReadOnlyList<ComponentRecord> records, CancellationToken ct)
    {
        var names = records.Select(record => record.Name).ToArray();
        var known = (await LivingAsync(unit.Db, names, ct)).ToLookup(one => one.Component);
        foreach (var record in records) Take(record, [.. known[record.Name]]);
    }

    /// <summary>Those of the components, past and planned ones too.</summary>
    public static Task<List<Responsibility>> LivingAsync(OwnershipDb db, string[] components, CancellationToken ct) =>
        db.Responsibilities.AsTracking().Where(one => components.Contains(one.Component) && one.DeleteTime == null).ToListAsync(ct);

    /// <summary>Ends what the source gave and is in force or yet to come.</summary>
    public static void End(IEnumerable<Responsibility> given, Instant now)
    {
        foreach (var one in given.Where(one => one.Until is null || one.Until > now))
        {
            if (one.From is null || one.From < now) one.End(now, now);
            else one.Delete("The import source does not list it any more.", now);
        }
    }

    private void Take(ComponentRecord record, List<Responsibility> known)
    {
        var mine = known.Where(one => one.Source == scope.Source && (one.Until is null || one.Until > unit.Now)).ToList();
        var kept = mine.Where(one => record.Assignments.Contains(Of(one))).ToList();
        End(mine.Except(kept), unit.Now);
        foreach (var assignment in record.Assignments.Except(kept.Select(Of)).Distinct()) Begin(record, assignment, known);
    }

    private void Begin(ComponentRecord record, AssignmentRecord assignment, List<Responsibility> known)
    {
        var before = known.Where(one => one.Area == assignment.Area && one.Duty == assignment.Duty).ToList();
        var rival = assignment.Duty == Duties.Accountable
            ? before.Find(one => !one.IsDeleted && (one.Until is null || one.Until > unit.Now))
            : null;
        if (rival is not null)
        {
            document.Note(record, $"{assignment.Party} is not made accountable for {assignment.Area}: {rival.Party} is, by {rival.Name}, "
                + "which this source did not bring");
            return;
        }

        var terms = new ResponsibilityTerms(assignment.Party, assignment.Duty, before.Count == 0 ? null : unit.Now, null, "");
        unit.Insert(Responsibility.Create(Guid.CreateVersion7().ToString(), record.Name, assignment.Area, terms, scope.Source, unit.Now));
    }

    private static AssignmentRecord Of(Responsibility one) => new(one.Area, one.Duty, one.Party);
}
