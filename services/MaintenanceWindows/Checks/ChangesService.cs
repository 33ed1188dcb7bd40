using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Names;
using Governance.MaintenanceWindows.Bookings;
using Governance.MaintenanceWindows.Persistence;
using Governance.MaintenanceWindows.Planning;
using Governance.MaintenanceWindows.Scopes;
using Governance.Windows.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Proto = Governance.Windows.V1;

namespace Governance.MaintenanceWindows.Checks;

/// <summary>May a change start?</summary>
internal sealed class ChangesService(
    IDbContextFactory<WindowsDb> databases, BusinessClock clock, Calendar calendar)
    : Proto.Changes.ChangesBase
{
    public override async Task<CheckChangeResponse> CheckChange(CheckChangeRequest request, ServerCallContext context)
    {
        var faults = new FieldFaults();
        var demand = faults.Question(request);
        var at = faults.Moment(request.At, "at");
        faults.ThrowIfAny();
        await ScopeGuard.DemandAsync(context, databases, demand.Components);
        var now = clock.Now;
        var question = new ChangeQuestion(demand, at ?? now, now);
        if (request.Booking.Length + request.BacksOut.Length > 0)
        {
            question = await WithBookingsAsync(question, request, context.CancellationToken);
        }
        return Verdicts.Check(await calendar.NowAsync(context.CancellationToken), question);
    }

    /// <summary>The approvals of the caller's own booking count, and the change that is backed out is looked up.</summary>
    private async Task<ChangeQuestion> WithBookingsAsync(ChangeQuestion question, CheckChangeRequest request, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var demand = question.Demand;
        if (request.Booking.Length > 0)
        {
            var own = await BookingReads.FindAsync(db, request.Booking, "booking", ct);
            var approvers = own.Approvals.Select(approval => approval.Approver).Union(demand.Approvers);
            demand = demand with { Approvers = [.. approvers], Change = demand.Change.Length > 0 ? demand.Change : own.Terms.Change };
        }

        var backsOut = await BookingReads.BackedOutAsync(db, request.BacksOut, demand.Components, demand.Environment, "backs_out", ct);
        return question with { Demand = demand, BacksOut = backsOut };
    }
}
