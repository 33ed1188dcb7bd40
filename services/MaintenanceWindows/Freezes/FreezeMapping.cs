using Governance.MaintenanceWindows.Fields;
using NodaTime;
using Proto = Governance.Windows.V1;

namespace Governance.MaintenanceWindows.Freezes;

/// <summary>Freezes and overrides as messages.</summary>
internal static class FreezeMapping
{
    public static Proto.Freeze ToProto(this Freeze freeze)
    {
        var message = Describe(freeze.Terms);
        message.Name = freeze.Name;
        message.State = freeze.IsDeleted ? Proto.Freeze.Types.State.Lifted : Proto.Freeze.Types.State.Active;
        message.Etag = freeze.Etag;
        message.CreateTime = freeze.CreateTime.ToMessage();
        message.UpdateTime = freeze.UpdateTime.ToMessage();
        return message;
    }

    /// <summary>The override and its state at an instant: it expires by the clock.</summary>
    public static Proto.Override ToProto(this Override asked, Instant now)
    {
        var message = asked.Terms.ToProto();
        message.Name = asked.Name;
        message.Requester = asked.Requester;
        message.Approvals.AddRange(asked.Approvals);
        message.State = asked.StateAt(now);
        message.Etag = asked.Etag;
        message.CreateTime = asked.CreateTime.ToMessage();
        message.Digest = asked.Digest;
        return message;
    }

    private static Proto.Freeze Describe(FreezeTerms terms) => new()
    {
        DisplayName = terms.DisplayName,
        Scope = terms.Scope.Clone(),
        TimeZone = terms.TimeZone,
        Start = terms.Start,
        End = terms.End,
        Duration = terms.Duration?.ToMessage(),
        Recurrence = terms.Recurrence,
        Rdates = { terms.Rdates },
        Exdates = { terms.Exdates },
        Reason = terms.Reason,
        Exemptions =
        {
            terms.Exemptions.Select(exemption => new Proto.FreezeExemption
            {
                Kinds = { exemption.Kinds },
                MinimumSeverity = exemption.MinimumSeverity,
            }),
        },
        OverridePolicy = terms.OverridePolicy is { } policy
            ? new Proto.OverridePolicy { Roles = { policy.Roles }, ApprovalsNeeded = policy.ApprovalsNeeded }
            : null,
    };
}
