using System.Buffers;

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

    private readonly ArrayBufferWriter<byte> _record = new();
    private readonly Queue<RawRecord> _ready = new();
    private State _state;
    private FeedCursor _cursor = new();
    private FeedCursor _start;
    private bool _isArray, _inString, _escaped, _isScalar, _tooLong;
    private int _depth, _firstLineLength;
    private long _next;
    private string? _fault;

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
            _cursor.Pass(b);
        }
    }

    /// <summary>Says that no more bytes come.</summary>
    public void Complete()
    {
        if (_state is State.InRecord && !_isScalar)
        {
            _fault ??= "The document ends inside this record.";
        }
        if (_state is State.InRecord or State.AfterRecord or State.Skipping)
        {
            Emit();
        }
        if (_isArray && _state != State.Ended)
        {
            Refuse("The document ends before the array is closed: it may have been cut off.");
        }
        _state = State.Ended;
    }

    /// <summary>The next whole record, in the feed's order.</summary>
    public bool TryTake(out RawRecord taken) => _ready.TryDequeue(out taken);

    /// <summary>How many of the next bytes are the record's and change nothing else: most of a feed is such.</summary>
    private int PlainLength(ReadOnlySpan<byte> bytes)
    {
        if (_state != State.InRecord || _isScalar || _escaped)
        {
            return 0;
        }
        var end = bytes.IndexOfAny(_inString ? EndsText : Structural);
        return end < 0 ? bytes.Length : end;
    }

    private void HoldPlain(ReadOnlySpan<byte> bytes)
    {
        if (_record.WrittenCount + bytes.Length > largest)
        {
            _tooLong = true;
        }
        if (!_tooLong)
        {
            _record.Write(bytes);
        }
        _cursor.Pass(bytes);
    }

    private void Accept(byte b)
    {
        switch (_state)
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
                if (!FeedCursor.IsBlank(b) && _fault is null)
                {
                    Refuse(_fault = "Something follows the end of the array.");
                }
                break;
        }
    }

    private void Start(byte b)
    {
        if (FeedCursor.IsBlank(b) || (_cursor.Line == 1 && _cursor.Column < 3 && b == "\uFEFF"u8[(int)_cursor.Column]))
        {
            return;
        }
        _isArray = b == (byte)'[';
        _state = State.Between;
        if (!_isArray)
        {
            Between(b);
        }
    }

    private void Between(byte b)
    {
        if (FeedCursor.IsBlank(b) || (_isArray && b == (byte)','))
        {
            return;
        }
        if (_isArray && b == (byte)']')
        {
            _state = State.Ended;
        }
        else
        {
            Begin(b);
        }
    }

    private void Begin(byte b)
    {
        (_state, _depth, _inString, _escaped, _tooLong, _fault) = (State.InRecord, 0, false, false, false, null);
        (_start, _firstLineLength) = (_cursor, 0);
        _isScalar = b is not ((byte)'{' or (byte)'[');
        InRecord(b);
    }

    private void InRecord(byte b)
    {
        if (_isScalar && EndsScalar(b))
        {
            Emit();
            Between(b);
            return;
        }

        if (b == (byte)'{' && _depth > 0 && !_inString && BeginsNextRecord())
        {
            _fault = "This record is not complete: another begins on the next line.";
            Emit();
            Begin(b);
            return;
        }

        Hold(b);
        if (_inString)
        {
            InString(b);
        }
        else
        {
            Structure(b);
        }
    }

    private void InString(byte b)
    {
        if (b == (byte)'\n')
        {
            _fault = "A text is not closed before the end of its line.";
            _state = State.Skipping;
        }
        else if (_escaped)
        {
            _escaped = false;
        }
        else if (b == (byte)'\\')
        {
            _escaped = true;
        }
        else if (b == (byte)'"')
        {
            _inString = false;
        }
    }

    private void Structure(byte b)
    {
        if (b == (byte)'"')
        {
            _inString = true;
        }
        else if (b is (byte)'{' or (byte)'[')
        {
            _depth++;
        }
        else if (b is (byte)'}' or (byte)']' && --_depth == 0)
        {
            _state = State.AfterRecord;
        }
        else if (b == (byte)'\n' && _firstLineLength == 0)
        {
            _firstLineLength = _record.WrittenCount;
        }
    }

    private void AfterRecord(byte b)
    {
        var ends = _isArray ? b is (byte)',' or (byte)']' : b is (byte)'\n' or (byte)'{';
        if (ends)
        {
            Emit();
            Between(b);
        }
        else if (!FeedCursor.IsBlank(b))
        {
            (_fault, _state) = ($"Unexpected '{(char)b}' after this record.", State.Skipping);
        }
    }

    /// <summary>After a fault: on to where a record can begin.</summary>
    private void Skip(byte b)
    {
        if (_isArray
            ? b != (byte)'{' || !(!_start.LineHasText ? AtRecordColumn() : !_cursor.LineHasText)
            : b != (byte)'{' || _cursor.LineHasText)
        {
            return;
        }
        Emit();
        Begin(b);
    }

    private bool EndsScalar(byte b) => b == (byte)'\n' || (_isArray && !_inString && b is (byte)',' or (byte)']');

    /// <summary>
    /// A line that starts with a brace, as far in as the record did, while the record is still open: in a well
    /// indented document that is the next record; so it is where records stand one a line.
    /// </summary>
    private bool BeginsNextRecord() =>
        !_start.LineHasText && AtRecordColumn() && (_start.Column > 0 || (_cursor.Line == _start.Line + 1 && _firstLineLength > 2));

    private bool AtRecordColumn() => !_cursor.LineHasText && _cursor.Column == _start.Column;

    private void Hold(byte b)
    {
        if (_record.WrittenCount >= largest)
        {
            _tooLong = true;
        }
        if (_tooLong)
        {
            return;
        }
        _record.GetSpan(1)[0] = b;
        _record.Advance(1);
    }

    private void Emit()
    {
        if (_tooLong)
        {
            _fault = $"The record is longer than {largest} bytes.";
        }
        _ready.Enqueue(new RawRecord(_next++, _start.Line, _isArray, _record.WrittenSpan.ToArray(), _fault));
        _record.ResetWrittenCount();
        (_state, _fault, _tooLong) = (State.Between, null, false);
    }

    private void Refuse(string reason) => _ready.Enqueue(new RawRecord(_next++, _cursor.Line, _isArray, default, reason));
}
