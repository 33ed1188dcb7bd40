using System.Globalization;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Writing;
using Governance.Patching.Persistence;
using Governance.Patching.Remediations;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Approval = Governance.Common.V1.Approval;
using State = Governance.Patching.V1.RemediationException.Types.State;

namespace Governance.Patching.Exceptions;

/// <summary>What follows from an exception for its remediations, in the same commit.</summary>
internal static class ExceptionEffects
{
    private const int BatchSize = 20;

    /// <summary>Puts it in force. What was closed since it was requested stays closed.</summary>
    public static async Task ApproveAsync(WriteUnit<PatchingDb> unit, StoredException stored, Approval approval, CancellationToken ct)
    {
        var assessment = await Assessment.OpenAsync(unit, ct);
        stored.Approve(approval, unit.Now);
        DemandDuration(stored, assessment, unit.Now);
        var pending = (await ExceptionCargo.LoadAsync(unit.Db, stored.Body, ct)).Where(one => one.IsPending).ToList();
        if (pending.Count == 0)
        {
            throw new RuleViolation(
                "NOTHING_TO_EXCEPT", $"All remediations of {stored.Name} are closed already.", ("exception", stored.Name));
        }
        foreach (var remediation in pending)
        {
            remediation.Except(stored.Name, stored.Expiry, unit.Now);
        }

        await assessment.StampAsync(ct);
    }

    /// <summary>Ends it now.</summary>
    public static async Task RevokeAsync(WriteUnit<PatchingDb> unit, StoredException stored, string reason, CancellationToken ct)
    {
        var assessment = await Assessment.OpenAsync(unit, ct);
        stored.Revoke(reason, unit.Now);
        await assessment.EndAsync(unit, stored, unit.Now, $"{stored.Name} was revoked: {reason}", ct);
        await assessment.StampAsync(ct);
    }

    public static IQueryable<StoredException> Lapsed(PatchingDb db, Instant now) => db.Exceptions.Where(one => one.NextMoment <= now);

    /// <summary>Does what time brought to some of them: an end takes effect at its own instant, however late it is seen.</summary>
    public static async Task LapseAsync(WriteUnit<PatchingDb> unit, CancellationToken ct)
    {
        var due = await Lapsed(unit.Db, unit.Now).AsTracking().OrderBy(one => one.NextMoment).Take(BatchSize).ToListAsync(ct);
        var assessment = await Assessment.OpenAsync(unit, ct);
        foreach (var stored in due)
        {
            if (stored.Expiry > unit.Now)
            {
                stored.MissReview(unit.Now);
                continue;
            }

            var wasInForce = stored.Status == State.Approved;
            stored.Expire(unit.Now);
            if (wasInForce) await assessment.EndAsync(unit, stored, stored.Expiry, $"{stored.Name} expired.", ct);
        }

        await assessment.StampAsync(ct);
    }

    /// <summary>Those that it still excepts are open again; what was closed meanwhile, or has a newer exception, stays so.</summary>
    private static async Task EndAsync(
        this Assessment assessment, WriteUnit<PatchingDb> unit, StoredException stored, Instant at, string reason, CancellationToken ct)
    {
        var excepted = (await ExceptionCargo.LoadAsync(unit.Db, stored.Body, ct)).Where(one => one.Body.Exception == stored.Name).ToList();
        await assessment.EndExceptionsAsync(unit, excepted, at, reason, ct);
    }

    private static void DemandDuration(StoredException stored, Assessment assessment, Instant now)
    {
        if (stored.Expiry <= now)
        {
            throw new RuleViolation(
                "EXCEPTION_LAPSED",
                $"{stored.Name} would have ended at {stored.Expiry}.",
                ("exception", stored.Name),
                ("expiry", stored.Expiry.ToString(null, CultureInfo.InvariantCulture)));
        }
        var policy = assessment.Policy.Terms;
        var latest = ExceptionFields.LatestUnder(policy, now);
        if (stored.Expiry <= latest) return;
        throw new RuleViolation(
            "EXCEPTION_TOO_LONG", $"{ExceptionFields.Expiry}: {ExceptionFields.TooLong(stored.Expiry, policy, latest)}",
            ("exception", stored.Name), (
                "expiry", stored.Expiry.ToString(null, CultureInfo.InvariantCulture)), ("policy", $"policies/{policy.Id}"), ("latest", latest.ToString(null, CultureInfo.InvariantCulture)));
    }
}
