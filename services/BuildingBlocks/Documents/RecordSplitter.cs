using System.Buffers;
using Governance.BuildingBlocks.Fields;

namespace Governance.BuildingBlocks.Documents;

/// <summary>
/// Cuts a feed into its records as its bytes arrive: one document, a JSON array, or documents one a line or one
/// after another. Holds one record at a time. A broken record ends where the next one visibly begins.
/// </summary>
/// <param name="largest">The longest record in bytes; a longer one is refused without being held.</param>
public sealed class RecordSplitter(int largest)
{
    private enum State
    {
        Start,
        Between,
        InRecord,
        AfterRecord,
        Skipping,
        Ended,
    }

    private static readonly SearchValues<byte> EndsText = SearchValues.Create("\"\\\n"u8);
    private static readonly SearchValues<byte> Structural = SearchValues.Create("\"{}[]\n"u8);

    private readonly ArrayBufferWriter<byte> record = new();
    private readonly Queue<RawRecord> ready = new();
    private State state;
    private FeedCursor cursor = new();
    private FeedCursor start;
    private bool isArray, inString, escaped, isScalar, tooLong;
    private int depth, firstLineLength;
    private long next;
    private string? fault;

    /// <summary>Takes the next bytes, cut anywhere.</summary>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var plain = PlainLength(bytes);
            if (plain > 0)
            {
                HoldPlain(bytes[..plain]);
                bytes = bytes[plain..];
                continue;
            }

            var b = bytes[0];
            bytes = bytes[1..];
            Accept(b);
            cursor.Pass(b);
        }
    }

    /// <summary>Says that no more bytes come.</summary>
    public void Complete()
    {
        if (state is State.InRecord && !isScalar)
            fault ??= "The document ends inside this record.";
        if (state is State.InRecord or State.AfterRecord or State.Skipping)
            Emit();
        if (isArray && state != State.Ended)
            Refuse("The document ends before the array is closed: it may have been cut off.");
        state = State.Ended;
    }

    /// <summary>The next whole record, in the feed's order.</summary>
    public bool TryTake(out RawRecord taken) => ready.TryDequeue(out taken);

    /// <summary>How many of the next bytes are the record's and change nothing else: most of a feed is such.</summary>
    private int PlainLength(ReadOnlySpan<byte> bytes)
    {
        if (state != State.InRecord || isScalar || escaped)
            return 0;
        var end = bytes.IndexOfAny(inString ? EndsText : Structural);
        return end < 0 ? bytes.Length : end;
    }

    private void HoldPlain(ReadOnlySpan<byte> bytes)
    {
        if (record.WrittenCount + bytes.Length > largest)
            tooLong = true;
        if (!tooLong)
            record.Write(bytes);
        cursor.Pass(bytes);
    }

    private void Accept(byte b)
    {
        switch (state)
        {
            case State.Start:
                Start(b);
                break;
            case State.Between:
                Between(b);
                break;
            case State.InRecord:
                InRecord(b);
                break;
            case State.AfterRecord:
                AfterRecord(b);
                break;
            case State.Skipping:
                Skip(b);
                break;
            default:
                if (!FeedCursor.IsBlank(b) && fault is null)
                    Refuse(fault = "Something follows the end of the array.");
                break;
        }
    }

    private void Start(byte b)
    {
        if (FeedCursor.IsBlank(b) || (cursor.Line == 1 && cursor.Column < 3 && b == "\uFEFF"u8[(int)cursor.Column]))
            return;
        isArray = b == (byte)'[';
        state = State.Between;
        if (!isArray)
            Between(b);
    }

    private void Between(byte b)
    {
        if (FeedCursor.IsBlank(b) || (isArray && b == (byte)','))
            return;
        if (isArray && b == (byte)']')
            state = State.Ended;
        else
            Begin(b);
    }

    private void Begin(byte b)
    {
        (state, depth, inString, escaped, tooLong, fault) = (State.InRecord, 0, false, false, false, null);
        (start, firstLineLength) = (cursor, 0);
        isScalar = b is not ((byte)'{' or (byte)'[');
        InRecord(b);
    }

    private void InRecord(byte b)
    {
        if (isScalar && EndsScalar(b))
        {
            Emit();
            Between(b);
            return;
        }

        if (b == (byte)'{' && depth > 0 && !inString && BeginsNextRecord())
        {
            fault = "This record is not complete: another begins on the next line.";
            Emit();
            Begin(b);
            return;
        }

        Hold(b);
        if (inString)
            InString(b);
        else
            Structure(b);
    }

    private void InString(byte b)
    {
        if (b == (byte)'\n')
        {
            fault = "A text is not closed before the end of its line.";
            state = State.Skipping;
        }
        else if (escaped)
            escaped = false;
        else if (b == (byte)'\\')
            escaped = true;
        else if (b == (byte)'"')
            inString = false;
    }

    private void Structure(byte b)
    {
        if (b == (byte)'"')
            inString = true;
        else if (b is (byte)'{' or (byte)'[')
            depth++;
        else if (b is (byte)'}' or (byte)']' && --depth == 0)
            state = State.AfterRecord;
        else if (b == (byte)'\n' && firstLineLength == 0)
            firstLineLength = record.WrittenCount;
    }

    private void AfterRecord(byte b)
    {
        var ends = isArray ? b is (byte)',' or (byte)']' : b is (byte)'\n' or (byte)'{';
        if (ends)
        {
            Emit();
            Between(b);
        }
        else if (!FeedCursor.IsBlank(b))
            (fault, state) = ($"Unexpected '{(char)b}' after this record.", State.Skipping);
    }

    /// <summary>After a fault: on to where a record can begin.</summary>
    private void Skip(byte b)
    {
        if (isArray ? b != (byte)'{' || !(!start.LineHasText ? AtRecordColumn() : !cursor.LineHasText) : b != (byte)'{' || cursor.LineHasText)
            return;
        Emit();
        Begin(b);
    }

    private bool EndsScalar(byte b) => b == (byte)'\n' || (isArray && !inString && b is (byte)',' or (byte)']');

    /// <summary>
    /// A line that starts with a brace, as far in as the record did, while the record is still open: in a well
    /// indented document that is the next record; so it is where records stand one a line.
    /// </summary>
    private bool BeginsNextRecord() =>
        !start.LineHasText && AtRecordColumn() && (start.Column > 0 || (cursor.Line == start.Line + 1 && firstLineLength > 2));

    private bool AtRecordColumn() => !cursor.LineHasText && cursor.Column == start.Column;

    private void Hold(byte b)
    {
        if (record.WrittenCount >= largest)
            tooLong = true;
        if (tooLong)
            return;
        record.GetSpan(1)[0] = b;
        record.Advance(1);
    }

    private void Emit()
    {
        if (tooLong)
            fault = $"The record is longer than {largest} bytes.";
        ready.Enqueue(new RawRecord(next++, start.Line, isArray, record.WrittenSpan.ToArray(), fault));
        record.ResetWrittenCount();
        (state, fault, tooLong) = (State.Between, null, false);
    }

    private void Refuse(string reason) => ready.Enqueue(new RawRecord(next++, cursor.Line, isArray, default, reason));
}
