using System.Collections.Immutable;
using Governance.BuildingBlocks.Writing;
using Governance.MaintenanceWindows.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Governance.MaintenanceWindows.ProviderMaintenances;

/// <summary>What an import says besides its document.</summary>
/// <param name="Party">Whose maintenance it is.</param>
/// <param name="Components">What it restricts.</param>
/// <param name="Environments">Of what is new.</param>
/// <param name="Warns">Of what is new.</param>
/// <param name="MayWriteAsync">Whether the caller may write what was imported for these components.</param>
internal sealed record MaintenanceImport(
    string Party,
    ImmutableArray<string> Components,
    ImmutableArray<string> Environments,
    bool Warns,
    Func<WindowsDb, IReadOnlyList<string>, CancellationToken, Task<bool>> MayWriteAsync);

/// <summary>
/// Keeps what a vendor announces: new, moved, called off, or as before. Of what is there it changes what the vendor says; its
/// effect and environments stay as people left them.
/// </summary>
internal sealed class MaintenanceIntake
{
    private readonly WriteUnit<WindowsDb> _unit;
    private readonly MaintenanceImport _import;
    private readonly ImportTally _tally;
    private readonly Dictionary<(string Uid, string RecurrenceId), ProviderMaintenance> _known;

    private MaintenanceIntake(
        WriteUnit<WindowsDb> unit, MaintenanceImport import, ImportTally tally, IEnumerable<ProviderMaintenance> known)
    {
        (_unit, _import, _tally) = (unit, import, tally);
        _known = known.ToDictionary(one => (one.SourceUid, one.RecurrenceId));
    }

    public static async Task TakeAsync(
        WriteUnit<WindowsDb> unit, MaintenanceImport import, IReadOnlyList<AnnouncedSeries> batch, ImportTally tally, CancellationToken ct)
    {
        string[] uids = [.. batch.Select(series => series.Uid).Distinct()];
        var known = await unit.Db.ProviderMaintenances.AsTracking()
            .Where(one => one.Party == import.Party && EF.Parameter(uids).Contains(one.SourceUid)).ToListAsync(ct);
        var intake = new MaintenanceIntake(unit, import, tally, known);
        foreach (var series in batch)
        {
            foreach (var announcement in series.Announcements) await intake.TakeAsync(announcement, ct);
            if (series.IsWhole || series.CalledOff.Count > 0) await intake.CallOffAsync(series, ct);
        }
    }

    private async Task TakeAsync(Announcement announcement, CancellationToken ct)
    {
        var (source, word) = (announcement.Source, new VendorWord(false, announcement.Ended));
        if (!_known.TryGetValue((source.Uid, source.RecurrenceId), out var known))
        {
            await AddAsync(announcement, word, ct);
            return;
        }

        var terms = Terms(announcement, known.Terms.Environments, known.Terms.Warns);
        var isSame = known.Terms.Says(terms)
            && known.CancelTime is null
            && known.EndedTime == announcement.Ended
            && known.SourceSequence == source.Sequence;
        if (isSame || known.IsDeleted || IsOlder(source, known) || StaysCalledOff(source, known)) _tally.Unchanged();
        else await FollowAsync(known, announcement.Position, terms, source, word, ct);
    }

    private async Task AddAsync(Announcement announcement, VendorWord word, CancellationToken ct)
    {
        var announced = announcement.AnnounceTime is { } said && said < _unit.Now ? said : _unit.Now;
        var terms = Terms(announcement, _import.Environments, _import.Warns);
        var added = ProviderMaintenance.Announce(
            Guid.CreateVersion7().ToString(), _import.Party, terms, announcement.Source, announced, _unit.Now);
        if (word.Ended is not null) added.Follow(terms, announcement.Source, word, _unit.Now);
        await _unit.AddAsync(added, ct);
        _known[(added.SourceUid, added.RecurrenceId)] = added;
        _tally.Created();
    }

    /// <summary>What the vendor announced before, has not begun, and is in its calendar no more.</summary>
    private async Task CallOffAsync(AnnouncedSeries series, CancellationToken ct)
    {
        var named = series.Announcements.Select(one => one.Source.RecurrenceId).ToHashSet(StringComparer.Ordinal);
        var gone = _known.Values.Where(one =>
            one.SourceUid == series.Uid && !named.Contains(one.RecurrenceId) && IsToCome(one) && !IsOlder(series.Revision, one)).ToList();
        foreach (var one in gone.Where(one => series.CalledOff.Contains(one.RecurrenceId)
            || (series.IsWhole && (one.Terms.Start > _unit.Now || series.Announcements.Count == 0))))
        {
            var source =
                new Source(one.SourceUid, one.RecurrenceId, series.Revision.Sequence, series.Revision.UpdateTime ?? one.SourceUpdateTime);
            await FollowAsync(one, series.Position, one.Terms, source, new(true, null), ct);
        }

        if (series.Announcements.Count == 0 && gone.Count == 0) _tally.Unchanged();
    }

    private bool IsToCome(ProviderMaintenance one) =>
        one is { IsDeleted: false, CancelTime: null, EndedTime: null } && one.Terms.End > _unit.Now;

    private async Task FollowAsync(
        ProviderMaintenance known, string position, MaintenanceTerms terms, Source source, VendorWord word, CancellationToken ct)
    {
        if (await _import.MayWriteAsync(_unit.Db, known.Terms.Components, ct))
        {
            known.Follow(terms, source, word, _unit.Now);
            _tally.Updated();
        }
        else
        {
            _tally.Reject(position, source.Uid, $"{known.Name} is on components outside of what the caller may write");
        }
    }

    private MaintenanceTerms Terms(Announcement announcement, ImmutableArray<string> environments, bool warns) => new()
    {
        DisplayName = announcement.Title,
        Components = _import.Components,
        Environments = environments,
        Start = announcement.Start,
        End = announcement.End,
        Warns = warns,
        Impact = announcement.Impact,
        Description = announcement.Description,
        SourceComponents = announcement.Components,
    };

    /// <summary>People may call off what the vendor's document still has: only a newer revision brings it back.</summary>
    private static bool StaysCalledOff(Source source, ProviderMaintenance known) =>
        known.CancelTime is not null && source.Sequence == known.SourceSequence && source.UpdateTime == known.SourceUpdateTime;

    private static bool IsOlder(Source source, ProviderMaintenance known) =>
        source.Sequence < known.SourceSequence
        || (source.Sequence == known.SourceSequence && source.UpdateTime < known.SourceUpdateTime);
}
