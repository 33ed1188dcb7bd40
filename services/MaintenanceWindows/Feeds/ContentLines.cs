using System.Text;
using NodaTime;
using NodaTime.Text;

namespace Governance.MaintenanceWindows.Feeds;

/// <summary>Writes content lines as RFC 5545 §3.1 asks: CRLF, folded at 75 octets, never inside a character.</summary>
internal sealed class ContentLines
{
    private const int MostOctets = 75;
    private static readonly LocalDateTimePattern Compact = LocalDateTimePattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss");
    private readonly StringBuilder _text = new();

    public void Begin(string component) => Raw("BEGIN", component);

    public void End(string component) => Raw("END", component);

    /// <summary>A property whose value is text for people.</summary>
    public void Text(string name, string value) => Raw(name, Escape(value));

    /// <summary>A property whose value is text for people; left out when there is none.</summary>
    public void TextIfAny(string name, string value)
    {
        if (value.Length > 0) Text(name, value);
    }

    /// <summary>A property whose value is a list of texts; left out when it is empty.</summary>
    public void Texts(string name, IEnumerable<string> values)
    {
        var joined = string.Join(',', values.Select(Escape));
        if (joined.Length > 0) Raw(name, joined);
    }

    /// <summary>A property whose value is in its final form.</summary>
    public void Raw(string name, string value)
    {
        var octets = 0;
        foreach (var rune in $"{name}:{value}".EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > MostOctets)
            {
                _text.Append("\r\n ");
                octets = 1;
            }

            octets += rune.Utf8SequenceLength;
            _text.Append(rune.ToString());
        }

        _text.Append("\r\n");
    }

    /// <summary>An instant in UTC, <c>20261127T020000Z</c>.</summary>
    public static string Utc(Instant instant) => Local(instant.InUtc().LocalDateTime) + "Z";

    /// <summary>A local time, <c>20261127T030000</c>.</summary>
    public static string Local(LocalDateTime time) => Compact.Format(time);

    public override string ToString() => _text.ToString();

    private static string Escape(string value) => value
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace(";", "\\;", StringComparison.Ordinal)
        .Replace(",", "\\,", StringComparison.Ordinal)
        .ReplaceLineEndings("\n")
        .Replace("\n", "\\n", StringComparison.Ordinal);
}
