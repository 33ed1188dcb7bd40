
namespace Governance.BuildingBlocks.Documents;

/// <summary>Where in a feed the next byte stands.</summary>
internal struct FeedCursor
{
    public FeedCursor()
    {
    }

    /// <summary>From one.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>In bytes, from zero.</summary>
    public long Column { get; private set; }

    /// <summary>Whether the line holds more than blanks before the next byte.</summary>
    public bool LineHasText { get; private set; }

    public static bool IsBlank(byte b) => b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    public void Pass(byte b)
    {
        Column++;
        if (b == (byte)'\n')
        {
            (Line, Column, LineHasText) = (Line + 1, 0, false);
        }
        else
        {
            LineHasText |= !IsBlank(b);
        }
    }

    /// <summary>Passes bytes among which no line ends.</summary>
    public void Pass(ReadOnlySpan<byte> bytes)
    {
        Column += bytes.Length;
        LineHasText |= bytes.IndexOfAnyExcept(" \t\r"u8) >= 0;
    }
}
