using System.Text;
using Google.Api;
using Google.Protobuf;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Persistence;
using Governance.Ownership.V1;
using Microsoft.Extensions.DependencyInjection;
using static Governance.Ownership.Tests.Schedules.Times;

namespace Governance.Ownership.Tests.OnDuty;

/// <summary>What the tests of duty enter and ask; instants are texts with an offset.</summary>
internal static class DutyEstate
{
    public static readonly Weekday[] Weekdays = [Weekday.Monday, Weekday.Tuesday, Weekday.Wednesday, Weekday.Thursday, Weekday.Friday];

    public static Google.Protobuf.WellKnownTypes.Timestamp Stamp(string text) => At(text).ToStamp();

    /// <summary>Monday to Friday, nine to five.</summary>
    public static SupportHours Office(string zone, string calendar = "") => new()
    {
        TimeZone = zone,
        HolidayCalendar = calendar,
        Weekly = { Weekdays.Select(day => new WeeklyHours { Day = day, Opens = "09:00", Closes = "17:00" }) },
    };

    /// <summary>A rotation of one layer; members are ids.</summary>
    public static OnCallSchedule Turns(string zone, string start, OnCallSchedule.Types.TurnUnit unit, params string[] members) => new()
    {
        TimeZone = zone,
        Rotations = { new OnCallSchedule.Types.Rotation
        {
            Id = "primary",
            Start = start,
            TurnLength = 1,
            TurnUnit = unit,
            Members = { members.Select(id => $"users/{id}") },
        } },
    };

    public static OnCallSchedule.Types.Override Override(string user, string from, string until, string reason = "") =>
        new() { User = user.Length > 0 ? $"users/{user}" : "", From = Stamp(from), Until = Stamp(until), Reason = reason };

    public static Task<Party> EnterAsync(
        this OwnershipEstate estate, string id, Action<Party> more, Party.Types.Kind kind = Party.Types.Kind.Team)
    {
        var party = new Party { DisplayName = id, Kind = kind };
        more(party);
        return estate.Admin.Parties.CreatePartyAsync(new CreatePartyRequest { Party = party, PartyId = id }).ResponseAsync;
    }

    public static Task ContractAsync(this OwnershipEstate estate, string id, string party, Action<Contract> more)
    {
        var contract = new Contract { DisplayName = id, Party = $"parties/{party}", TimeZone = "Europe/Berlin" };
        more(contract);
        return estate.Host.Services.GetRequiredService<Writes<OwnershipDb>>().RunAsync(
            "EnterContract",
            async (unit, ct) => await unit.AddAsync(Governance.Ownership.Contracts.Contract.Create(id, contract, unit.Now), ct),
            CancellationToken.None);
    }

    public static Task<ResolveOwnerResponse> ResolveAsync(
        this OwnershipEstate estate, string at, ServiceSeverity severity = ServiceSeverity.Unspecified, string area = "") =>
        estate.Admin.Owners.ResolveOwnerAsync(
            new ResolveOwnerRequest { Name = "components/checkout", At = Stamp(at), Severity = severity, Area = area }).ResponseAsync;

    /// <summary>Imports a document, cut in two.</summary>
    public static async Task<ImportScheduleResponse> ImportAsync(
        this OwnershipEstate estate, Caller caller, string party, ScheduleFormat format, string document, string? from =
            null, bool validateOnly = false)
    {
        using var call = estate.As(caller).Schedules.ImportSchedule();
        var bytes = Encoding.UTF8.GetBytes(document);
        await call.RequestStream.WriteAsync(new ImportScheduleRequest
        {
            Party = $"parties/{party}",
            Format = format,
            EffectiveFrom = from is null ? null : Stamp(from),
            ValidateOnly = validateOnly,
            Document = new HttpBody { Data = ByteString.CopyFrom(bytes.AsSpan(0, bytes.Length / 2)) },
        });
        await call.RequestStream.WriteAsync(
            new ImportScheduleRequest { Document = new HttpBody { Data = ByteString.CopyFrom(bytes.AsSpan(bytes.Length / 2)) } });
        await call.RequestStream.CompleteAsync();
        return await call.ResponseAsync;
    }
}
