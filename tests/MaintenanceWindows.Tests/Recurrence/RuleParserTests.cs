using Governance.MaintenanceWindows.Recurrence;
using NodaTime;
using Shouldly;
using Xunit;

namespace Governance.MaintenanceWindows.Tests.Recurrence;

public class RuleParserTests
{
    [Theory]
    [InlineData("FREQ=WEEKLY;BYDAY=TU,MO,TU;WKST=MO;INTERVAL=1", "FREQ=WEEKLY;BYDAY=MO,TU")]
    [InlineData("RRULE:byday=-1fr;freq=monthly;wkst=su;count=003", "FREQ=MONTHLY;COUNT=3;BYDAY=-1FR;WKST=SU")]
    [InlineData("FREQ=DAILY;UNTIL=20261231T220000Z;BYHOUR=09,8;BYSETPOS=-1;", "FREQ=DAILY;UNTIL=20261231T220000Z;BYHOUR=8,9;BYSETPOS=-1")]
    [InlineData("FREQ=MINUTELY;BYSECOND=60,59", "FREQ=MINUTELY;BYSECOND=59")]
    [InlineData("FREQ=YEARLY;BYDAY=+20MO;BYMONTHDAY=-1,+15", "FREQ=YEARLY;BYDAY=20MO;BYMONTHDAY=-1,15")]
    public void Rule_Parsed_FormatsCanonically(string text, string canonical)
    {
        RecurrenceRule.TryParse(text, out var rule, out var faults).ShouldBeTrue(string.Join(' ', faults));
        rule!.ToString().ShouldBe(canonical);
    }

    [Theory]
    [InlineData("", "FREQ")]
    [InlineData("INTERVAL=2", "FREQ")]
    [InlineData("FREQ=DAILY;FREQ=DAILY", "FREQ")]
    [InlineData("FREQ=DAILY;COUNT=1;COUNT=1", "COUNT")]
    [InlineData("FREQ=DAILY;INTERVAL=0", "INTERVAL")]
    [InlineData("FREQ=DAILY;INTERVAL=99999999999", "INTERVAL")]
    [InlineData("FREQ=DAILY;COUNT=0", "COUNT")]
    [InlineData("FREQ=DAILY;COUNT=", "COUNT")]
    [InlineData("FREQ=DAILY;COUNT=3;UNTIL=20261231T000000Z", "UNTIL")]
    [InlineData("FREQ=DAILY;UNTIL=20260230", "UNTIL")]
    [InlineData("FREQ=MONTHLY;BYWEEKNO=10", "BYWEEKNO")]
    [InlineData("FREQ=YEARLY;BYWEEKNO=54", "BYWEEKNO")]
    [InlineData("FREQ=YEARLY;BYWEEKNO=0", "BYWEEKNO")]
    [InlineData("FREQ=WEEKLY;BYDAY=1MO", "BYDAY")]
    [InlineData("FREQ=HOURLY;BYDAY=-1MO", "BYDAY")]
    [InlineData("FREQ=YEARLY;BYWEEKNO=10;BYDAY=1MO", "BYDAY")]
    [InlineData("FREQ=MONTHLY;BYDAY=0MO", "BYDAY")]
    [InlineData("FREQ=MONTHLY;BYDAY=54MO", "BYDAY")]
    [InlineData("FREQ=MONTHLY;BYDAY=MO,", "BYDAY")]
    [InlineData("FREQ=WEEKLY;BYDAY=MO TU", "BYDAY")]
    [InlineData("FREQ=WEEKLY;BYMONTHDAY=1", "BYMONTHDAY")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=0", "BYMONTHDAY")]
    [InlineData("FREQ=WEEKLY;BYYEARDAY=1", "BYYEARDAY")]
    [InlineData("FREQ=DAILY;BYSETPOS=1", "BYSETPOS")]
    [InlineData("FREQ=DAILY;BYHOUR=1;BYSETPOS=0", "BYSETPOS")]
    [InlineData("FREQ=DAILY;BYHOUR=1;BYSETPOS=367", "BYSETPOS")]
    [InlineData("FREQ=DAILY;BYHOUR=24", "BYHOUR")]
    [InlineData("FREQ=DAILY;BYHOUR=+1", "BYHOUR")]
    [InlineData("FREQ=DAILY;BYMONTH=13", "BYMONTH")]
    [InlineData("FREQ=DAILY;WKST=1MO", "WKST")]
    [InlineData("RSCALE=GREGORIAN;FREQ=DAILY", "RSCALE")]
    [InlineData("FREQ=DAILY;X-FOO=1", "X-FOO")]
    [InlineData("FREQ=DAILY;;COUNT=1", "")]
    [InlineData("FREQ=DAILY;BYDAY", "BYDAY")]
    public void RuleThatTheRfcForbids_Parsed_IsRefusedWithThePartNamed(string text, string part)
    {
        RecurrenceRule.TryParse(text, out var rule, out var faults).ShouldBeFalse();
        rule.ShouldBeNull();
        faults.ShouldContain(fault => fault.Part == part);
    }

    [Fact]
    public void RuleWithSeveralFaults_Parsed_NamesThemAll()
    {
        RecurrenceRule.TryParse("FREQ=WEEKLY;BYHOUR=25;BYDAY=1MO;BYMONTHDAY=3;FOO=1", out _, out var faults);
        faults.Select(fault => fault.Part).ShouldBe(["BYHOUR", "BYDAY", "BYMONTHDAY", "FOO"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("FREQ=DAILY;UNTIL=20260301T000000", "2026-01-01T00:00:00", "Europe/Vienna", "UNTIL")]
    [InlineData("FREQ=DAILY;UNTIL=20260301", "2026-01-01T00:00:00", "Europe/Vienna", "UNTIL")]
    [InlineData("FREQ=DAILY;UNTIL=20260301T000000Z", "2026-01-01", "", "UNTIL")]
    [InlineData("FREQ=HOURLY", "2026-01-01", "", "FREQ")]
    [InlineData("FREQ=SECONDLY;BYHOUR=3;COUNT=50000000", "2026-01-01T00:00:00", "", "COUNT")]
    public void RuleThatDoesNotSuitItsStart_Read_IsRefusedWithThePartNamed(string rule, string start, string zone, string part) =>
        Recurring.Refused(new RecurrenceInput { Recurrence = rule, Start = start, TimeZone = zone })
            .ShouldHaveSingleItem().Reason
            .ShouldStartWith(part + "=");

    [Theory]
    [InlineData("FREQ=DAILY;UNTIL=20260103T000000", "")]
    [InlineData("FREQ=DAILY;UNTIL=20260103T000000Z", "")]
    [InlineData("FREQ=DAILY;UNTIL=20260103T000000", "Etc/UTC")]
    public void UntilOfAStartWithoutZone_Read_MayBeLocalOrUtc(string rule, string zone) =>
        Recurring.Set(rule, "20260101T000000", zone).Starts(9).Count.ShouldBe(3);

    [Fact]
    public void InputWithSeveralFaults_Read_NamesEveryField()
    {
        var input = new RecurrenceInput
        {
            Recurrence = "FREQ=DAILY;COUNT=0",
            Start = "13.1.2026",
            TimeZone = "europe/vienna",
            Duration = Duration.FromSeconds(-1),
        };
        var faults = Recurring.Refused(input);
        faults.Select(fault => fault.Field).ShouldBe(["recurrence", "time_zone", "start", "duration"], ignoreOrder: true);
        faults.ShouldContain(fault => fault.Reason.Contains("did you mean Europe/Vienna?", StringComparison.Ordinal));
    }

    [Fact]
    public void DatesOfAnotherForm_Read_AreRefusedByTheirPlace()
    {
        var input = new RecurrenceInput
        {
            Start = "2026-01-13T22:00:00",
            RDates = ["2026-01-14T22:00:00Z", "2026-01-15"],
            ExDates = ["2026-02-30T00:00:00"],
        };
        Recurring.Refused(input).Select(fault => fault.Field).ShouldBe(["rdates[1]", "exdates[0]"]);
    }

    [Theory]
    [InlineData("2026-01-13T22:00:00", "2026-01-13T22:00:00")]
    [InlineData("2026-01-13T22:00", "2026-01-13T22:00:00")]
    [InlineData("20260113T220000Z", "2026-01-13T22:00:00Z")]
    [InlineData("20260113", "2026-01-13")]
    [InlineData("2026-06-30T23:59:60", "2026-06-30T23:59:59")]
    public void CivilTime_InAnyForm_IsRead(string text, string meaning)
    {
        CivilTime.TryParse(text, out var time, out var reason).ShouldBeTrue(reason);
        time.ToString().ShouldBe(meaning);
    }

    [Theory]
    [InlineData("", "missing")]
    [InlineData("2026-01-13T22:00:00+01:00", "offset")]
    [InlineData("2026-01-13T22:00:00.5", "fraction")]
    [InlineData("2026-02-29", "no date")]
    [InlineData("2026-01-13T25:00:00", "no civil time")]
    [InlineData("0000-01-01", "0001 to 9999")]
    [InlineData("tomorrow", "no civil time")]
    public void CivilTime_Unreadable_IsRefusedWithTheReason(string text, string reason)
    {
        CivilTime.TryParse(text, out _, out var why).ShouldBeFalse();
        why.ShouldContain(reason);
    }
}
