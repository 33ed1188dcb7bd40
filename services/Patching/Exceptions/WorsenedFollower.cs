using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Writing;
using Governance.Patching.Persistence;
using Governance.Patching.Remediations;
using Governance.Patching.V1;
using NodaTime;
using Remediation = Governance.Patching.Remediations.Remediation;

namespace Governance.Patching.Exceptions;

/// <summary>An exception shows what became worse of what it excepts.</summary>
internal sealed class WorsenedFollower : IFollow<PatchingDb>
{
    public async Task FollowAsync(WriteUnit<PatchingDb> unit, Changes changes, CancellationToken ct)
    {
        var worsened = changes.Of<Remediation>()
            .SelectMany(change => Worsened(change, unit.Now))
            .ToLookup(one => one.Exception, one => one.Change);
        string[] ids = [.. worsened.Select(one => one.Key["exceptions/".Length..])];
        if (ids.Length == 0) return;
        foreach (var exception in await unit.LoadAsync<StoredException>(one => ids.Contains(one.Id), ct))
        {
            exception.Worsen(worsened[exception.Name], unit.Now);
        }
    }

    private static IEnumerable<(string Exception, ExceptionChange Change)> Worsened(Change<Remediation> change, Instant at) =>
        change is { Before: { IsExcepted: true } before, Now: { IsExcepted: true } now }
            ? ExceptionFollowing.Worsened(before.Body, now.Body).Select(reason => (
                now.Body.Exception, new ExceptionChange { At = at.ToTimestamp(), Remediation = now.Name, Reason = reason }))
            : [];
}
