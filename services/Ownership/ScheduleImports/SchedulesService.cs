using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Governance.BuildingBlocks.Calendars;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Writing;
using Governance.Common.V1;
using Governance.Ownership.History;
using Governance.Ownership.HolidayCalendars;
using Governance.Ownership.Parties;
using Governance.Ownership.Persistence;
using Governance.Ownership.Schedules;
using Governance.Ownership.Schedules.Imports;
using Governance.Ownership.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using CoverKind = Governance.Ownership.V1.ImportScheduleResponse.Types.CoverChange.Types.Kind;
using Duration = NodaTime.Duration;
using Party = Governance.Ownership.Parties.Party;

namespace Governance.Ownership.ScheduleImports;

/// <summary>On-call schedules of other tools, taken over.</summary>
internal sealed class SchedulesService(Writes<OwnershipDb> writes) : V1.Schedules.SchedulesBase
{
    private static readonly Duration Compared = Duration.FromDays(90);

    public override async Task<ImportScheduleResponse> ImportSchedule(
        IAsyncStreamReader<ImportScheduleRequest> requestStream, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        await using var upload = await ImportUpload<ImportScheduleRequest>.OpenAsync(requestStream, request => request.Document, ct);
        var request = upload.Parameters;
        var faults = new FieldFaults();
        faults.Name(request.Party, "parties", "party");
        faults.Check(
            request.Format is ScheduleFormat.Icalendar or ScheduleFormat.Pagerduty,
            "format",
            "Is neither ICALENDAR nor PAGERDUTY.",
            "REQUIRED");
        faults.Moment(request.EffectiveFrom, "effective_from");
        faults.ThrowIfAny();
        var document = await ScheduleReader.OctetsAsync(upload, ct);
        return await writes.RunAsync(request, context, async (unit, token) =>
        {
            var party = await unit.LivingPartyAsync(request.Party, "", context, token);
            return (Party: party, Answer: await TakeAsync(unit, party, request, document, token));
        }, one =>
        {
            one.Answer.Party = one.Party.ToProto();
            return one.Answer;
        });
    }

    private static async Task<ImportScheduleResponse> TakeAsync(
        WriteUnit<OwnershipDb> unit, Party party, ImportScheduleRequest request, byte[] document, CancellationToken ct)
    {
        var from = request.EffectiveFrom?.ToInstant() ?? unit.Now;
        var before = await unit.Db.AtAsync(party, from, ct) ?? party.Terms;
        var read = ScheduleReader.Read(request.Format, document, before.ZoneOf(), from);
        var schedule = read.Named(ImportedUsers.Of(read.People, before)).ToProto();
        var after = before.Clone();
        after.Schedule = schedule;
        var changes =
            CoverChange.Between(await RosterAsync(unit.Db, before, ct), await RosterAsync(unit.Db, after, ct), from, from + Compared);
        var now = party.Terms.Clone();
        now.Schedule = schedule;
        await unit.ReviseAsync(party, now, new FieldMask { Paths = { "schedule" } }, request.EffectiveFrom, ct);
        return new ImportScheduleResponse
        {
            Schedule = schedule,
            From = from.ToTimestamp(),
            Until = (from + Compared).ToTimestamp(),
            Changes = { changes.Select(one => ToProto(one, party.Name)) },
            LostHours = changes.Where(one => !one.After.IsOnDuty)
                .Aggregate(Duration.Zero, (sum, one) => sum + one.Span.Duration).TotalHours,
            Unreachable = { Unreachable(read, before) },
            Rejected = { read.Rejected.Select(one =>
                new RejectedRecord { Position = one.Position.ToString(CultureInfo.InvariantCulture), Id = one.Id, Reason = one.Reason }) },
        };
    }

    private static async Task<Roster> RosterAsync(OwnershipDb db, V1.Party terms, CancellationToken ct)
    {
        if (terms.SupportHours is not { HolidayCalendar: { Length: > 0 } name }) return terms.ToRoster(HolidayDates.None);
        var id = NameFields.Id(name, "holidayCalendars");
        var calendar = await db.HolidayCalendars.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct);
        return terms.ToRoster(calendar?.ToProto().ToDates() ?? HolidayDates.None);
    }

    private static ImportScheduleResponse.Types.CoverChange ToProto(CoverChange one, string party) => new()
    {
        Kind = !one.Before.IsOnDuty ? CoverKind.Gained : !one.After.IsOnDuty ? CoverKind.Lost : CoverKind.Changed,
        From = one.Span.Start.ToTimestamp(),
        Until = one.Span.End.ToTimestamp(),
        Before = Who(one.Before, party),
        After = Who(one.After, party),
    };

    private static string Who(Duty duty, string party) => !duty.IsOnDuty ? "" : duty.User.Length > 0 ? duty.User : party;

    private static IEnumerable<ImportScheduleResponse.Types.UnreachableUser> Unreachable(ImportedSchedule read, V1.Party party)
    {
        var users = ImportedUsers.Of(read.People, party);
        return read.People.Where(person => !party.Contacts.Any(contact => contact.User == users[person.Key]))
            .Select(person => new ImportScheduleResponse.Types.UnreachableUser
            {
                User = users[person.Key],
                DisplayName = person.DisplayName,
                Email = person.Email,
            });
    }
}
