using System.Text;
using Governance.BuildingBlocks.ICalendar;
using Shouldly;
using Xunit;

namespace Governance.BuildingBlocks.Tests.ICalendar;

public class CalendarParserTests
{
    [Fact]
    public void Parse_FoldedInTheMiddleOfACharacter_PutsItTogether()
    {
        var octets = Encoding.UTF8.GetBytes("BEGIN:VCALENDAR\r\nSUMMARY:Zürich\r\nEND:VCALENDAR\r\n").ToList();
        octets.InsertRange(octets.IndexOf(0xC3) + 1, "\r\n "u8.ToArray());
        CalendarParser.Parse(octets.ToArray())[0].Value("SUMMARY").ShouldBe("Zürich");
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    [InlineData("\r")]
    public void Parse_OfAnyEndOfLine_ReadsTheSame(string end)
    {
        var calendars = Parse($"\uFEFFBEGIN:VCALENDAR{end}begin:vevent{end}SUMMARY:a{end}\tb{end} c{end}END:VEVENT{end}END:VCALENDAR");
        calendars[0].Children[0].Value("SUMMARY").ShouldBe("abc");
    }

    [Fact]
    public void Parse_OfSeveralCalendars_ReadsAll() =>
        Parse("BEGIN:VCALENDAR\nEND:VCALENDAR\nBEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n").Count.ShouldBe(2);

    [Fact]
    public void Parse_OfParameters_TakesQuotesListsAndEscapes()
    {
        var line = ContentLine.Parse(3, "ATTENDEE;CN=\"Doe, Jo: ^'the^' ^^1^n\";member=\"a\",b;X-EMPTY=:mailto:x;y", out _)!;
        line.Name.ShouldBe("ATTENDEE");
        line.Parameter("CN").ShouldBe("Doe, Jo: \"the\" ^1\n");
        line.Parameters[1].Values.ShouldBe(["a", "b"]);
        line.Parameter("X-EMPTY").ShouldBe("");
        line.Value.ShouldBe("mailto:x;y");
    }

    [Theory]
    [InlineData("", "Line 1 begins no VCALENDAR.")]
    [InlineData("{\"a\":1}", "Line 1 stands outside of any VCALENDAR; the file is no iCalendar.")]
    [InlineData("BEGIN:VEVENT\nEND:VEVENT", "Line 1 begins a VEVENT outside of any VCALENDAR.")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR", "Line 3 ends a VCALENDAR, but line 2 began a VEVENT.")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1", "Line 2 begins a VEVENT that never ends; the file is cut off.")]
    [InlineData("BEGIN:VCALENDAR\nEND:VCALENDAR\nEND:VCALENDAR", "Line 3 ends a VCALENDAR that never began.")]
    [InlineData("BEGIN:VCALENDAR\nVERSION:1.0\nEND:VCALENDAR", "Line 2 says VERSION:1.0; 2.0 is read.")]
    [InlineData("BEGIN:VCALENDAR\nCALSCALE:HEBREW\nEND:VCALENDAR", "Line 2 says CALSCALE:HEBREW; GREGORIAN is read.")]
    public void Parse_OfWhatIsNoCalendar_SaysWhere(string text, string message) =>
        Should.Throw<CalendarFault>(() => Parse(text)).Message.ShouldBe(message);

    [Fact]
    public void Parse_BeyondTheLimits_IsRefused()
    {
        Should.Throw<CalendarFault>(() =>
            Parse("BEGIN:VCALENDAR\nX:" + new string('a', CalendarLimits.LongestLine) + "\nEND:VCALENDAR")).Message
            .ShouldContain("Line 2 is longer");
        Should.Throw<CalendarFault>(() => Parse("BEGIN:VCALENDAR\n" + string.Concat(Enumerable.Repeat("BEGIN:X\n", 9)))).Message
            .ShouldContain("deep");
        Should.Throw<CalendarFault>(() => Parse("BEGIN:VCALENDAR\n"
            + string.Concat(Enumerable.Repeat("BEGIN:VEVENT\nEND:VEVENT\n", CalendarLimits.MostComponents))
            + "END:VCALENDAR"))
            .Message.ShouldContain("more than 20000 components");
    }

    [Fact]
    public void Parse_OfLinesThatCannotBeRead_BlamesTheirComponentAlone()
    {
        byte[] octets =
        [
            .. "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Z"u8, 0xFC, .. "rich\nno colon\nUID:1\nX;A=\"open:2\nEND:VEVENT\nBEGIN:VEVENT\nEND:VEVENT\nEND:VCALENDAR\n"u8,
        ];
        var events = CalendarParser.Parse(octets)[0].Children;
        events[0].Faults.ShouldBe(
            ["line 3 is no UTF-8", "line 4 has no colon after NO and its parameters", "line 6 has a quote that does not end"]);
        events[0].Value("UID").ShouldBe("1");
        events[1].Faults.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("a\\, b\\; c\\\\n\\nd\\N", "a, b; c\\n\nd")]
    [InlineData("a,b", "a,b")]
    public void Text_WithEscapes_IsReadWithoutThem(string value, string text) => TextValues.Read(value, 100).ShouldBe(text);

    [Fact]
    public void Text_ThatIsTooLong_IsCutBetweenCharacters() => TextValues.Read("ab🙂cd", 4).ShouldBe("ab…");

    [Theory]
    [InlineData("P1W", 7, 0)]
    [InlineData("P1DT2H3M4S", 1, 7384)]
    [InlineData("+PT90M", 0, 5400)]
    public void Duration_Written_IsReadInDaysAndSeconds(string text, long days, long seconds)
    {
        DurationText.TryParse(text, out var duration, out _).ShouldBeTrue();
        duration.ShouldBe(new DurationText(days, seconds));
    }

    [Theory]
    [InlineData("-PT1H")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("1H")]
    [InlineData("P1H")]
    public void Duration_ThatIsNone_IsRefused(string text) => DurationText.TryParse(text, out _, out _).ShouldBeFalse();

    private static IReadOnlyList<CalendarComponent> Parse(string text) => CalendarParser.Parse(Encoding.UTF8.GetBytes(text));
}
