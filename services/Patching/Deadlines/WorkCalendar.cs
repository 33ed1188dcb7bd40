using Google.Protobuf;
using Governance.BuildingBlocks.Calendars;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Persistence;
using Governance.Patching.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Governance.Patching.Deadlines;

/// <summary>A calendar of business days as it is kept.</summary>
internal sealed class WorkCalendar : Aggregate
{
    private WorkCalendar()
    {
    }

    public override string Name => $"calendars/{Id}";

    public BusinessCalendar Terms { get; private set; } = null!;

    public bool IsPreset => PresetCalendars.Ids.Contains(Id);

    public static WorkCalendar Create(string id, BusinessCalendar terms, Instant now)
    {
        var calendar = new WorkCalendar { Id = id, Terms = terms };
        calendar.Changed("CREATED", now);
        return calendar;
    }

    public void Revise(BusinessCalendar terms, Instant now)
    {
        Terms = terms;
        Changed("UPDATED", now);
    }

    /// <param name="policy">The name of a policy that counts by it; null: none.</param>
    public void DemandDeletable(string? policy)
    {
        if (IsPreset)
        {
            throw new RuleViolation("CALENDAR_IS_PRESET", $"{Name} ships with the service: change it, or use another.", ("calendar", Name));
        }
        if (policy is not null)
        {
            throw new RuleViolation("CALENDAR_IN_USE", $"{policy} counts by {Name}.", ("calendar", Name), ("policy", policy));
        }
    }

    protected override IMessage? ToEvent() => null;

    protected override IMessage State() => this.ToProto();
}

internal sealed class WorkCalendarConfiguration : IEntityTypeConfiguration<WorkCalendar>
{
    public void Configure(EntityTypeBuilder<WorkCalendar> builder)
    {
        builder.ToTable("Calendars");
        builder.Property(calendar => calendar.Terms).AsJson();
    }
}
