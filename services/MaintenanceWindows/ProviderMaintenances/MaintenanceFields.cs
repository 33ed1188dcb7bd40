using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.MaintenanceWindows.Fields;
using NodaTime;
using Effect = Governance.Windows.V1.ProviderMaintenance.Types.Effect;
using Proto = Governance.Windows.V1;

namespace Governance.MaintenanceWindows.ProviderMaintenances;

/// <summary>Reads a vendor's maintenance out of a request.</summary>
internal static class MaintenanceFields
{
    public const int LongestTitle = 200;
    public const int LongestImpact = 1000;
    public const int LongestDescription = 4000;
    public const int LongestUid = 450;

    /// <summary>As long as a freeze may be.</summary>
    public static Duration Longest { get; } = Duration.FromDays(366);

    /// <summary>The terms; meaningless once <paramref name="faults"/> has any.</summary>
    public static MaintenanceTerms Maintenance(this FieldFaults faults, Proto.ProviderMaintenance asked)
    {
        const string field = "provider_maintenance";
        faults.Length(asked.DisplayName, LongestTitle, $"{field}.display_name");
        faults.Length(asked.Impact, LongestImpact, $"{field}.impact");
        faults.Length(asked.Description, LongestDescription, $"{field}.description");
        faults.Party(asked.Party, $"{field}.party");
        faults.Restricted(asked.Components, $"{field}.components");
        faults.Environments(asked.Environments, $"{field}.environments");
        var (start, end) = faults.Span(asked, field);
        return new MaintenanceTerms
        {
            DisplayName = asked.DisplayName,
            Components = [.. asked.Components.Distinct()],
            Environments = [.. asked.Environments.Distinct()],
            Start = start,
            End = end,
            Warns = faults.Warns(asked.Effect, $"{field}.effect"),
            Impact = asked.Impact,
            Description = asked.Description,
        };
    }

    /// <summary>Whose it is.</summary>
    public static void Party(this FieldFaults faults, string name, string field)
    {
        if (name.Length == 0) faults.Required(name, field);
        else faults.Check(ScopeFields.IsName(name, "parties"), field, $"'{name}' is no resource name; write parties/….", "INVALID_NAME");
    }

    /// <summary>What it restricts.</summary>
    public static void Restricted(this FieldFaults faults, Google.Protobuf.Collections.RepeatedField<string> components, string field)
    {
        faults.Check(components.Count > 0, field, "Name at least one component.", "REQUIRED");
        faults.Names(components, field, "components");
    }

    public static bool Warns(this FieldFaults faults, Effect effect, string field)
    {
        faults.Check(Enum.IsDefined(effect), field, $"{(int)effect} is no effect; DENY and WARN are.", "UNKNOWN_VALUE");
        return effect == Effect.Warn;
    }

    /// <summary>What the vendor calls it, and which of a series.</summary>
    public static Source Source(this FieldFaults faults, Proto.ProviderMaintenance asked)
    {
        faults.Length(asked.SourceUid, LongestUid, "provider_maintenance.source_uid");
        faults.Length(asked.RecurrenceId, 20, "provider_maintenance.recurrence_id");
        return new(asked.SourceUid, asked.RecurrenceId);
    }

    private static (Instant Start, Instant End) Span(this FieldFaults faults, Proto.ProviderMaintenance asked, string field)
    {
        faults.Required(asked.Start, $"{field}.start").Required(asked.End, $"{field}.end");
        if (faults.Moment(asked.Start, $"{field}.start") is not { } start || faults.Moment(asked.End, $"{field}.end") is not { } end)
        {
            return default;
        }
        faults.Check(end > start, $"{field}.end", "Is not after the start.", "ENDS_BEFORE_START");
        faults.Check(end - start <= Longest, $"{field}.end", "Is more than 366 days after the start.", "OUT_OF_RANGE");
        return (start, end);
    }
}
