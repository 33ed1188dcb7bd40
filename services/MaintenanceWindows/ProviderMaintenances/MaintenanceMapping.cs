using Governance.MaintenanceWindows.Fields;
using NodaTime;
using Effect = Governance.Windows.V1.ProviderMaintenance.Types.Effect;
using Proto = Governance.Windows.V1;

namespace Governance.MaintenanceWindows.ProviderMaintenances;

/// <summary>Provider maintenance as a message.</summary>
internal static class MaintenanceMapping
{
    /// <summary>The maintenance and its state at an instant: it ends by the clock.</summary>
    public static Proto.ProviderMaintenance ToProto(this ProviderMaintenance maintenance, Instant now)
    {
        var terms = maintenance.Terms;
        return new Proto.ProviderMaintenance
        {
            Name = maintenance.Name,
            DisplayName = terms.DisplayName,
            Party = maintenance.Party,
            Components = { terms.Components },
            Environments = { terms.Environments },
            Start = terms.Start.ToMessage(),
            End = terms.End.ToMessage(),
            Effect = terms.Warns ? Effect.Warn : Effect.Deny,
            Impact = terms.Impact,
            Description = terms.Description,
            State = maintenance.StateAt(now),
            AnnounceTime = maintenance.AnnounceTime.ToMessage(),
            Notice = (terms.Start - maintenance.AnnounceTime).ToMessage(),
            History = { maintenance.History },
            SourceUid = maintenance.SourceUid,
            RecurrenceId = maintenance.RecurrenceId,
            SourceSequence = maintenance.SourceSequence,
            SourceUpdateTime = maintenance.SourceUpdateTime?.ToMessage(),
            SourceComponents = { terms.SourceComponents },
            Reason = maintenance.Reason,
            Etag = maintenance.Etag,
            CreateTime = maintenance.CreateTime.ToMessage(),
            UpdateTime = maintenance.UpdateTime.ToMessage(),
            DeleteTime = maintenance.DeleteTime?.ToMessage(),
        };
    }
}
