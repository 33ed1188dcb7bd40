using Google.Protobuf;
using Governance.BuildingBlocks.Calendars;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Proto = Governance.Ownership.V1;

namespace Governance.Ownership.HolidayCalendars;

/// <summary>What callers decide about a holiday calendar.</summary>
internal static class HolidayTerms
{
    /// <summary>The terms alone; meaningless once <paramref name="faults"/> has any.</summary>
    public static Proto.HolidayCalendar HolidayCalendar(this FieldFaults faults, Proto.HolidayCalendar given)
    {
        const string field = "holiday_calendar";
        faults.Required(given.DisplayName, $"{field}.display_name").Length(given.DisplayName, 200, $"{field}.display_name");
        faults.Length(given.Source, 2000, $"{field}.source");
        faults.HolidayCount(
            [.. given.Holidays.Select((one, i) => faults.Holiday(one.Date, one.Yearly, one.Name, $"{field}.holidays[{i}]"))],
            $"{field}.holidays");
        return new Proto.HolidayCalendar { DisplayName = given.DisplayName, Source = given.Source, Holidays = { given.Holidays } };
    }

    public static Proto.HolidayCalendar Preset(string id)
    {
        var preset = PresetCalendars.Load(id);
        return new Proto.HolidayCalendar
        {
            DisplayName = preset.DisplayName,
            Source = preset.Source,
            Holidays = { preset.Holidays.Select(ToProto) },
        };
    }

    public static HolidayDates ToDates(this Proto.HolidayCalendar calendar)
    {
        var faults = new FieldFaults();
        return new HolidayDates(calendar.Holidays.Select(one => faults.Holiday(one.Date, one.Yearly, one.Name, "")));
    }

    private static Proto.Holiday ToProto(Holiday holiday)
    {
        var (date, yearly) = holiday.Texts();
        return new Proto.Holiday { Date = date, Yearly = yearly, Name = holiday.Name };
    }
}

/// <summary>Days on which parties do not answer. Audited; no neighbour asks for it.</summary>
internal sealed class HolidayCalendar : Aggregate
{
    private HolidayCalendar()
    {
    }

    public override string Name => $"holidayCalendars/{Id}";

    /// <summary>What callers decided, as a message.</summary>
    public byte[] Content { get; private set; } = [];

    public bool IsPreset => PresetCalendars.Ids.Contains(Id);

    public static HolidayCalendar Create(string id, Proto.HolidayCalendar terms, Instant now)
    {
        var calendar = new HolidayCalendar { Id = id };
        calendar.Set(terms, "CREATED", now);
        return calendar;
    }

    public void Revise(Proto.HolidayCalendar terms, Instant now) => Set(terms, "UPDATED", now);

    /// <param name="party">The name of a party that uses it; null: none.</param>
    public void DemandDeletable(string? party)
    {
        if (IsPreset)
        {
            throw new RuleViolation("CALENDAR_IS_PRESET", $"{Name} ships with the service: change it, or use another.", ("calendar", Name));
        }
        if (party is not null) throw new RuleViolation("CALENDAR_IN_USE", $"{party} uses {Name}.", ("calendar", Name), ("party", party));
    }

    public Proto.HolidayCalendar ToProto()
    {
        var message = Proto.HolidayCalendar.Parser.ParseFrom(Content);
        (message.Name, message.Preset, message.Etag) = (Name, IsPreset, Etag);
        return message;
    }

    protected override IMessage? ToEvent() => null;

    protected override IMessage State() => ToProto();

    private void Set(Proto.HolidayCalendar terms, string verb, Instant now)
    {
        Content = terms.ToByteArray();
        Changed(verb, now);
    }
}

internal sealed class HolidayCalendarConfiguration : IEntityTypeConfiguration<HolidayCalendar>
{
    public void Configure(EntityTypeBuilder<HolidayCalendar> builder)
    {
        builder.ToTable("HolidayCalendars");
        builder.Ignore(calendar => calendar.IsPreset);
    }
}
