using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Writing;
using Governance.Common.V1;
using Governance.MaintenanceWindows.Fields;
using Governance.MaintenanceWindows.Persistence;
using Governance.MaintenanceWindows.Scopes;
using Governance.Windows.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using As = Governance.Windows.V1.ImportCalendarRequest.Types.As;
using Outcome = Governance.Windows.V1.ImportedComponent.Types.Outcome;

namespace Governance.MaintenanceWindows.Imports;

/// <summary>Takes a calendar file for freezes and windows, batch by batch.</summary>
internal sealed class CalendarImporter(Imports<WindowsDb> imports, Writes<WindowsDb> writes, IDbContextFactory<WindowsDb> databases)
{
    private const int CheckedAtOnce = 500;
    private const string Unnamed = "calendar";

    /// <exception cref="InvalidRequest">A parameter is wrong, or the file as a whole cannot be read.</exception>
    public async Task<ImportCalendarResponse> RunAsync(ImportCalendarRequest parameters, Stream document, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        var terms = Read(parameters);
        await using (var db = await databases.CreateDbContextAsync(ct))
        {
            await ScopeGuard.DemandAsync(context, db, terms.Scope, ct);
        }
        var tally = new ImportTally();
        var file = CalendarFile.Read(await UploadedDocument.ReadAsync(document, ct), parameters.TimeZone);
        var report = new CalendarReport(file);
        var run = new CalendarRun(terms, report, (db, scope, token) => ScopeGuard.HoldsAsync(context, db, scope, token));
        var series = run.Takeable(file, tally).ToList();
        if (parameters.ValidateOnly) await CheckAsync(parameters, run, series, tally, context);
        else await imports.RunAsync(context, "calendars", series.ToAsyncEnumerable(), run.TakeAsync, tally);
        return report.Answer(tally);
    }

    private static ImportTerms Read(ImportCalendarRequest parameters)
    {
        var faults = new FieldFaults();
        faults.Check(Enum.IsDefined(parameters.As), "as", $"{(int)parameters.As} is none; FREEZE and WINDOW are.", "UNKNOWN_VALUE");
        var scope = faults.Scope(parameters.Scope, "scope");
        var kinds = faults.Kinds(parameters.AllowedKinds, "allowed_kinds");
        if (parameters.TimeZone.Length > 0) faults.Zone(parameters.TimeZone, "time_zone");
        if (parameters.Source.Length > 0) faults.Slug(parameters.Source, "source");
        faults.ThrowIfAny();
        return new(
            parameters.Source.Length > 0 ? parameters.Source : Unnamed,
            parameters.As switch { As.Freeze => Taken.Freeze, As.Window => Taken.Window, _ => null },
            scope,
            kinds);
    }

    /// <summary>Runs every batch and takes it back.</summary>
    private async Task CheckAsync(
        ImportCalendarRequest parameters, CalendarRun run, List<TakeableSeries> series, ImportTally tally, ServerCallContext context)
    {
        foreach (var batch in series.Chunk(CheckedAtOnce))
        {
            await writes.RunAsync(parameters, context, async (unit, ct) =>
            {
                await run.TakeAsync(unit, batch, tally, ct);
                return new ImportCalendarResponse();
            });
        }
    }
}

/// <summary>A series that can be read, and what it becomes.</summary>
internal sealed record TakeableSeries(EventSeries Series, Taken As);

/// <summary>One import on its way.</summary>
internal sealed class CalendarRun(
    ImportTerms terms, CalendarReport report, Func<WindowsDb, Scope, CancellationToken, Task<bool>> mayWriteAsync)
{
    /// <summary>The series of a file that can be read; what becomes of the others is told at once.</summary>
    public IEnumerable<TakeableSeries> Takeable(CalendarFile file, ImportTally tally)
    {
        foreach (var series in file.Series)
        {
            if (series.Events.Any(one => one.Faults.Length > 0)) report.Refuse(series, tally);
            else if (terms.Of(series.Events.First(), out var reason) is { } asWhat) yield return new(series, asWhat);
            else report.Tell(series, new(Outcome.Skipped, [], reason));
        }
    }

    public async Task TakeAsync(WriteUnit<WindowsDb> unit, IReadOnlyList<TakeableSeries> batch, ImportTally counted, CancellationToken ct)
    {
        var intake = await CalendarIntake.OpenAsync(unit, terms, mayWriteAsync, [.. batch.Select(one => one.Series)], ct);
        foreach (var (series, asWhat) in batch)
        {
            var outcome = await intake.TakeAsync(series, asWhat, ct);
            report.Tell(series, outcome);
            Count(series, outcome, counted);
        }
    }

    private static void Count(EventSeries series, SeriesOutcome outcome, ImportTally counted)
    {
        if (outcome.Outcome == Outcome.Created) counted.Created();
        else if (outcome.Outcome == Outcome.Updated) counted.Updated();
        else if (outcome.Outcome == Outcome.Unchanged) counted.Unchanged();
        else if (outcome.Outcome == Outcome.Rejected) counted.Reject(series.Events.First().Position, series.Uid, outcome.Reason);
    }
}
