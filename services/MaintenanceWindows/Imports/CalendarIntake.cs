using System.Collections.Immutable;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Writing;
using Governance.Common.V1;
using Governance.MaintenanceWindows.Freezes;
using Governance.MaintenanceWindows.Persistence;
using Governance.MaintenanceWindows.Windows;
using Microsoft.EntityFrameworkCore;
using Outcome = Governance.Windows.V1.ImportedComponent.Types.Outcome;
using Proto = Governance.Windows.V1;

namespace Governance.MaintenanceWindows.Imports;

/// <summary>
/// Takes series of a calendar for freezes and windows, each as a whole or not at all. What people changed of a freeze or window
/// stays until the event itself changes; what they lifted or retired stays that.
/// </summary>
internal sealed class CalendarIntake
{
    private readonly WriteUnit<WindowsDb> _unit;
    private readonly ImportTerms _terms;
    private readonly Func<WindowsDb, Scope, CancellationToken, Task<bool>> _mayWriteAsync;
    private readonly Dictionary<string, ImportedEventRow> _rows;
    private readonly Dictionary<string, Freeze> _freezes;
    private readonly Dictionary<string, Window> _windows;

    private CalendarIntake(
        WriteUnit<WindowsDb> unit,
        ImportTerms terms,
        Func<WindowsDb, Scope, CancellationToken, Task<bool>> mayWriteAsync,
        (IEnumerable<ImportedEventRow> Rows, IEnumerable<Freeze> Freezes, IEnumerable<Window> Windows) known)
    {
        (_unit, _terms, _mayWriteAsync) = (unit, terms, mayWriteAsync);
        _rows = known.Rows.ToDictionary(row => row.Id);
        _freezes = known.Freezes.ToDictionary(freeze => freeze.Name);
        _windows = known.Windows.ToDictionary(window => window.Name);
    }

    /// <summary>With what is known of the series.</summary>
    public static async Task<CalendarIntake> OpenAsync(
        WriteUnit<WindowsDb> unit,
        ImportTerms terms,
        Func<WindowsDb, Scope, CancellationToken, Task<bool>> mayWriteAsync,
        IReadOnlyList<EventSeries> batch,
        CancellationToken ct)
    {
        string[] ids = [.. batch.Select(series => ImportedEventRow.IdOf(terms.Source, series.Uid))];
        var rows = await unit.Db.ImportedEvents.AsTracking().Where(row => EF.Parameter(ids).Contains(row.Id)).ToListAsync(ct);
        var parts = rows.SelectMany(row => row.Parts).Select(part => part.Resource.Split('/')).ToLookup(name => name[0], name => name[1]);
        string[] freezes = [.. parts["freezes"]], windows = [.. parts["windows"]];
        return new CalendarIntake(
            unit,
            terms,
            mayWriteAsync,
            (rows,
             await unit.Db.Freezes.AsTracking().Where(freeze => EF.Parameter(freezes).Contains(freeze.Id)).ToListAsync(ct),
             await unit.Db.Windows.AsTracking().Where(window => EF.Parameter(windows).Contains(window.Id)).ToListAsync(ct)));
    }

    /// <summary>Takes one series.</summary>
    public async Task<SeriesOutcome> TakeAsync(EventSeries series, Taken asWhat, CancellationToken ct)
    {
        var id = ImportedEventRow.IdOf(_terms.Source, series.Uid);
        var row = _rows.GetValueOrDefault(id);
        var before = row?.Parts ?? [];
        if (row is not null && IsOlder(series, row)) return new(Outcome.Unchanged, Names(before), "A newer revision of it was imported.");
        if (series.IsCancelled && before.IsEmpty)
        {
            return row is null
                ? new(Outcome.Skipped, [], "It is cancelled, and was never imported.")
                : new(Outcome.Unchanged, [], "It is cancelled as before.");
        }
        var faults = new FieldFaults();
        var steps = series.IsCancelled ? [] : WantedPart.Of(series, _terms, asWhat).Select(part => Plan(part, before, faults)).ToList();
        var kept = steps.Select(step => step.Before?.Resource).ToHashSet();
        var gone = before.Where(part => !kept.Contains(part.Resource)).ToList();
        if (faults.Any) return new(Outcome.Rejected, Names(before), string.Join("; ", faults.All.Select(Say).Distinct()));
        var touched = steps.Where(step => step.Changes)
            .Select(step => step.Before?.Resource)
            .OfType<string>()
            .Concat(gone.Select(part => part.Resource));
        foreach (var name in touched)
        {
            if (!await _mayWriteAsync(_unit.Db, ScopeOf(name), ct))
            {
                return new(Outcome.Rejected, Names(before), $"{name} covers more than the caller may write.");
            }
        }
        return await ApplyAsync(series, row, id, steps, gone, ct);
    }

    private async Task<SeriesOutcome> ApplyAsync(
        EventSeries series, ImportedEventRow? row, string id, List<Step> steps, List<ImportedPart> gone, CancellationToken ct)
    {
        var parts = new List<ImportedPart>();
        foreach (var step in steps) parts.Add(await ApplyAsync(step, ct));
        var changes = gone.Count(part => Retire(part.Resource)) + steps.Count(step => step.Changes);
        if (row is null) _unit.Db.Add(row = _rows[id] = new ImportedEventRow { Id = id, Source = _terms.Source, Uid = series.Uid });
        (row.Sequence, row.Modified, row.Parts) = (series.Sequence, series.Modified, [.. parts]);
        var outcome = changes == 0 ? Outcome.Unchanged : steps.TrueForAll(step => step.Before is null) && steps.Count > 0
            ? Outcome.Created
            : Outcome.Updated;
        var byHand = steps.Where(step => step.IsRetired).Select(step => step.Before!.Resource).ToList();
        return new(outcome, [.. Names(parts), .. gone.Select(part => part.Resource)], byHand.Count == 0
            ? ""
            : $"{string.Join(", ", byHand)} was lifted or retired here, and stays so.");
    }

    /// <summary>Checks a part, and finds out what it would change.</summary>
    private Step Plan(WantedPart part, ImmutableArray<ImportedPart> before, FieldFaults faults)
    {
        var isFreeze = part.As == Taken.Freeze;
        var known = before.FirstOrDefault(one =>
            one.Key == part.Key && one.Resource.StartsWith(isFreeze ? "freezes/" : "windows/", StringComparison.Ordinal));
        var digest = isFreeze ? Digests.Of(part.Draft.Onto(new Proto.Freeze())) : Digests.Of(part.Draft.Onto(new Proto.Window()));
        var (freeze, window) = (_freezes.GetValueOrDefault(known?.Resource ?? ""), _windows.GetValueOrDefault(known?.Resource ?? ""));
        var isRetired = freeze is { IsDeleted: true } || window is { IsDeleted: true };
        var step = new Step(part.Key, digest, known) { IsRetired = isRetired };
        if (!step.Changes) return step;
        return isFreeze
            ? step with { FreezeTerms = faults.Freeze(part.Draft.Onto(freeze?.ToProto() ?? new())), Freeze = freeze }
            : step with { WindowTerms = faults.Window(part.Draft.Onto(window?.ToProto(_unit.Now) ?? new())), Window = window };
    }

    private async Task<ImportedPart> ApplyAsync(Step step, CancellationToken ct)
    {
        if (!step.Changes) return step.Before!;
        step.Freeze?.Revise(step.FreezeTerms!, _unit.Now);
        step.Window?.Revise(step.WindowTerms!, step.Window.Reason, _unit.Now);
        if (step.Before is { } before) return before with { Digest = step.Digest };
        var id = Guid.CreateVersion7().ToString();
        return step.FreezeTerms is { } freeze
            ? new(step.Key, await AddAsync(Freeze.Create(id, freeze, _unit.Now), ct), step.Digest)
            : new(step.Key, await AddAsync(Window.Create(id, step.WindowTerms!, "", _unit.Now), ct), step.Digest);
    }

    private async Task<string> AddAsync<T>(T added, CancellationToken ct)
        where T : BuildingBlocks.Persistence.Aggregate
    {
        await _unit.AddAsync(added, ct);
        return added.Name;
    }

    /// <returns>Whether it still stood.</returns>
    private bool Retire(string name)
    {
        var reason = $"No longer in the calendar {_terms.Source}";
        if (_freezes.TryGetValue(name, out var freeze) && !freeze.IsDeleted) freeze.Lift(reason, _unit.Now);
        else if (_windows.TryGetValue(name, out var window) && !window.IsDeleted) window.Retire(reason, _unit.Now);
        else return false;
        return true;
    }

    private Scope ScopeOf(string name) => _freezes.TryGetValue(name, out var freeze) ? freeze.Terms.Scope : _windows[name].Terms.Scope;

    private static bool IsOlder(EventSeries series, ImportedEventRow row) =>
        series.Sequence < row.Sequence || (series.Sequence == row.Sequence && series.Modified < row.Modified);

    private static string Say(FieldFault fault) =>
        $"{fault.Field[(fault.Field.IndexOf('.', StringComparison.Ordinal) + 1)..]}: {fault.Description}";

    private static IReadOnlyList<string> Names(IEnumerable<ImportedPart> parts) => [.. parts.Select(part => part.Resource)];

    /// <summary>What is to be done with a part.</summary>
    private sealed record Step(string Key, string Digest, ImportedPart? Before)
    {
        public bool IsRetired { get; init; }

        public FreezeTerms? FreezeTerms { get; init; }

        public Freeze? Freeze { get; init; }

        public WindowTerms? WindowTerms { get; init; }

        public Window? Window { get; init; }

        public bool Changes => !IsRetired && Before?.Digest != Digest;
    }
}

/// <summary>What became of a series.</summary>
internal sealed record SeriesOutcome(Outcome Outcome, IReadOnlyList<string> TakenAs, string Reason);
