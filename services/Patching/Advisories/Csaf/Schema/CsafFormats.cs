using System.Globalization;
using System.Text.RegularExpressions;

namespace Governance.Patching.Advisories.Csaf.Schema;

/// <summary>Forms of texts. No pattern looks back, so that a hostile text takes no longer than its length.</summary>
internal static partial class CsafFormats
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private const string Unreserved = @"[A-Za-z0-9\-._~!$&'()*+,;=]|%[0-9A-Fa-f]{2}";

    private const string CpeAttribute = @"(((\?*|\*?)([a-zA-Z0-9\-._]|(\\[\\*?!""#$%&'()+,/:;<=>@\[\]^`{|}~]))+(\?*|\*?))|[*\-])";

    private const string SemVerTail =
        @"((0|[1-9][0-9]*|[0-9]*[a-zA-Z\-][0-9a-zA-Z\-]*)(\.(0|[1-9][0-9]*|[0-9]*[a-zA-Z\-][0-9a-zA-Z\-]*))*)";

    /// <summary>An absolute URI of RFC 3986, with or without a fragment.</summary>
    public static readonly Regex Uri = new(
        $@"^[A-Za-z][A-Za-z0-9+.\-]*:(//(({Unreserved}|:)*@)?(\[[0-9A-Fa-fvV:.]+\]|({Unreserved})*)(:[0-9]*)?(/({Unreserved}|[:@])*)*|/?(({Unreserved}|[:@])+(/({Unreserved}|[:@])*)*)?)(\?({Unreserved}|[:@/?])*)?(#({Unreserved}|[:@/?])*)?\z",
        Linear);

    /// <summary>A CPE of 2.2 or 2.3.</summary>
    public static readonly Regex Cpe = new(
        $@"^(cpe:2\.3:[aho*\-](:{CpeAttribute}){{5}}(:(([a-zA-Z]{{2,3}}(-([a-zA-Z]{{2}}|[0-9]{{3}}))?)|[*\-]))(:{CpeAttribute}){{4}}|[cC][pP][eE]:/[AHOaho]?(:[A-Za-z0-9._\-~%]*){{0,6}})\z",
        Linear);

    /// <summary>What begins like a package URL; rule 6.1.13 reads it.</summary>
    public static readonly Regex Purl = new(@"^pkg:[A-Za-z.\-+][A-Za-z0-9.\-+]*/.", Linear);

    public static readonly Regex Language = new(
        @"^(([A-Za-z]{2,3}(-[A-Za-z]{3}(-[A-Za-z]{3}){0,2})?|[A-Za-z]{4,8})(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*(-[A-WY-Za-wy-z0-9](-[A-Za-z0-9]{2,8})+)*(-[Xx](-[A-Za-z0-9]{1,8})+)?|[Xx](-[A-Za-z0-9]{1,8})+|[Ii]-[Dd][Ee][Ff][Aa][Uu][Ll][Tt]|[Ii]-[Mm][Ii][Nn][Gg][Oo])\z",
        Linear);

    /// <summary>A whole number or a semantic version.</summary>
    public static readonly Regex Version = new(
        $@"^(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(-{SemVerTail})?(\+[0-9a-zA-Z\-]+(\.[0-9a-zA-Z\-]+)*)?)?\z", Linear);

    public static readonly Regex Category = new(@"^[^\s\-_.]([^\n\r\u2028\u2029]*[^\s\-_.])?\z", Linear);

    public static readonly Regex TrackingId = new(@"^\S([^\n\r\u2028\u2029]*\S)?\z", Linear);

    public static readonly Regex HashValue = new(@"^[0-9a-fA-F]{32,}\z", Linear);

    public static readonly Regex Cve = new(@"^CVE-[0-9]{4}-[0-9]{4,}\z", Linear);

    public static readonly Regex Cwe = new(@"^CWE-[1-9][0-9]{0,5}\z", Linear);

    /// <summary>An RFC 3339 date-time, in UTC; a leap second is the next second's beginning.</summary>
    public static bool TryTime(string text, out DateTimeOffset time)
    {
        time = default;
        var match = Time().Match(text);
        if (!match.Success) return false;
        int Part(string name) => match.Groups[name].Success ? int.Parse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture) : 0;
        var (year, month, day, second) = (Part("y"), Part("mo"), Part("d"), Part("s"));
        if (year == 0 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        if (Part("h") > 23 || Part("mi") > 59 || second > 60 || Part("oh") > 23 || Part("om") > 59) return false;
        var offset = new TimeSpan(Part("oh"), Part("om"), 0) * (match.Groups["sign"].ValueSpan is "-" ? -1 : 1);
        var fraction = match.Groups["f"].Value.PadRight(7, '0')[..7];
        var ticks = new DateTime(year, month, day, Part("h"), Part("mi"), 0, DateTimeKind.Utc).Ticks
            + (second * TimeSpan.TicksPerSecond) + int.Parse(fraction, CultureInfo.InvariantCulture) - offset.Ticks;
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks) return false;
        time = new DateTimeOffset(ticks, TimeSpan.Zero);
        return second < 60 || new DateTime(ticks - TimeSpan.TicksPerSecond, DateTimeKind.Utc) is { Hour: 23, Minute: 59 };
    }

    [GeneratedRegex(
        @"^(?<y>[0-9]{4})-(?<mo>[0-9]{2})-(?<d>[0-9]{2})[Tt](?<h>[0-9]{2}):(?<mi>[0-9]{2}):(?<s>[0-9]{2})(\.(?<f>[0-9]+))?([Zz]|(?<sign>[+\-])(?<oh>[0-9]{2}):(?<om>[0-9]{2}))\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Time();
}
