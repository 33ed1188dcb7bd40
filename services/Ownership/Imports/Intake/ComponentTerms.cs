using Google.Protobuf.WellKnownTypes;
using Governance.BuildingBlocks.Errors;
using Governance.Ownership.Components;
using Governance.Ownership.Imports.Records;
using Proto = Governance.Ownership.V1;

namespace Governance.Ownership.Imports.Intake;

/// <summary>A component's terms out of a catalogue.</summary>
internal static class ComponentTerms
{
    /// <summary>The catalogue's word in all that it knows; escalation policy and costs, which it does not, stay.</summary>
    /// <param name="record">What the catalogue says.</param>
    /// <param name="kept">What was known before.</param>
    /// <param name="faults">Takes what we do not keep in that size or number.</param>
    public static Proto.Component Of(ComponentRecord record, Proto.Component? kept, FieldFaults faults)
    {
        var terms = new Proto.Component
        {
            DisplayName = record.DisplayName,
            Description = record.Description,
            Kind = record.Kind,
            Lifecycle = record.Lifecycle,
            Tier = record.Tier,
            Exposure = record.Exposure,
            System = record.System,
            Owner = record.Owner,
            SubcomponentOf = record.SubcomponentOf,
            PlatformProduct = record.PlatformProduct,
            PlatformVersion = record.PlatformVersion,
            SizeInLines = record.SizeInLines,
            MaximumTolerableDowntime = Time(record.MaximumTolerableDowntime),
            Rto = Time(record.RecoveryTime),
            Rpo = Time(record.RecoveryPoint),
            EscalationPolicy = kept?.EscalationPolicy ?? "",
            Environments = { record.Environments },
            DependsOn = { record.DependsOn },
            ProvidesApi = { record.ProvidesApis },
            ConsumesApi = { record.ConsumesApis },
            Repositories = { record.Repositories },
        };
        if (kept is not null) terms.DowntimeCostPerHour.Add(kept.DowntimeCostPerHour);

        // In one order, so that the same labels are the same bytes.
        foreach (var (key, value) in record.Labels.OrderBy(label => label.Key, StringComparer.Ordinal)) terms.Labels.Add(key, value);
        return faults.Component(terms, record.Name);
    }

    private static Duration? Time(NodaTime.Duration? time) => time is { } known ? Duration.FromTimeSpan(known.ToTimeSpan()) : null;
}
