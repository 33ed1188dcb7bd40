using Governance.BuildingBlocks.Calendars;
using Governance.BuildingBlocks.Fields;
using Governance.Ownership.HolidayCalendars;
using Governance.Ownership.Notifications.Rules;
using Governance.Ownership.Notifications.Situations;
using Governance.Ownership.Parties;
using Governance.Ownership.Persistence;
using Governance.Ownership.Resolution;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Governance.Ownership.Notifications;

/// <summary>How a party is reached by mail: those common to it, or those of whoever is on duty at a moment.</summary>
internal static class Contacts
{
    /// <returns>Its addresses; or why nobody there can be told at all.</returns>
    public static async Task<(IReadOnlyList<string> Mails, string Fault)> OfAsync(
        OwnershipDb db, string party, bool onDuty, Instant now, CancellationToken ct)
    {
        var id = NameFields.Id(party, "parties");
        if ((await db.Parties.SingleOrDefaultAsync(one => one.Id == id && one.DeleteTime == null, ct))?.Terms is not { } terms)
        {
            return ([], $"There is no {party}.");
        }
        var person = "";
        if (onDuty)
        {
            var duty = terms.ToRoster(await HolidaysAsync(db, terms, ct)).At(now);
            if (!duty.IsOnDuty) return ([], $"Nobody of {party} is on duty at {Words.At(now)}.");
            person = duty.User;
        }

        return ([.. Candidate.ContactsOf(terms, person).Select(contact => contact.Email).Where(RuleFields.IsAddress).Distinct()], "");
    }

    private static async Task<HolidayDates> HolidaysAsync(OwnershipDb db, V1.Party terms, CancellationToken ct)
    {
        if (terms.SupportHours is not { HolidayCalendar: { Length: > 0 } name }) return HolidayDates.None;
        var id = NameFields.Id(name, "holidayCalendars");
        return (await db.HolidayCalendars.SingleOrDefaultAsync(one => one.Id == id, ct))?.ToProto().ToDates() ?? HolidayDates.None;
    }
}
