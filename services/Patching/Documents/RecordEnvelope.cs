using System.Runtime.CompilerServices;
using System.Text.Json;
using Governance.BuildingBlocks.Documents;

namespace Governance.Patching.Documents;

/// <summary>
/// Reads a JSON object that holds its records in one array, a record at a time: a document of any length takes the memory of
/// its longest record. Once the document stops being JSON nothing after that can be told apart, so reading ends there.
/// </summary>
/// <param name="document">The document.</param>
/// <param name="array">The field that holds the records.</param>
internal sealed class RecordEnvelope(Stream document, string array)
{
    private readonly Dictionary<string, JsonElement> _fields = new(StringComparer.Ordinal);
    private byte[] _buffer = new byte[64 * 1024];
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = 64 });
    private int _start;
    private int _end;
    private bool _isFinal;
    private bool _isOpen;
    private bool _isInArray;
    private string _field = "";
    private long _next;

    private enum Step
    {
        Record,
        NeedsMore,
        Done,
    }

    /// <summary>The other fields that were read so far: before the first record, those that stand before the array.</summary>
    public IReadOnlyDictionary<string, JsonElement> Fields => _fields;

    /// <summary>Whether the array was found.</summary>
    public bool HasArray { get; private set; }

    /// <summary>How many records were read.</summary>
    public long Count => _next;

    /// <summary>The records; the last one has a fault where the document broke off within the array.</summary>
    /// <exception cref="InvalidDataException">The document is no JSON object before the array begins.</exception>
    public async IAsyncEnumerable<RawRecord> ReadAsync([EnumeratorCancellation] CancellationToken cancel = default)
    {
        while (true)
        {
            string? fault = null;
            var (step, record) = (Step.Done, ReadOnlyMemory<byte>.Empty);
            try
            {
                (step, record) = Advance();
            }
            catch (JsonException broken) when (HasArray)
            {
                fault = $"The document is broken here, and nothing after it was read: {MessageOf(broken)}";
            }
            catch (JsonException broken)
            {
                throw new InvalidDataException($"Not a JSON object with '{array}': {MessageOf(broken)}", broken);
            }

            if (step == Step.Record || fault is not null) yield return new RawRecord(_next++, 0, true, record, fault);
            if (step == Step.Done) yield break;
            if (step == Step.NeedsMore) await FillAsync(cancel);
        }
    }

    private static string MessageOf(JsonException broken)
    {
        var tail = broken.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return tail < 0 ? broken.Message : broken.Message[..tail];
    }

    private async Task FillAsync(CancellationToken cancel)
    {
        Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
        (_start, _end) = (0, _end - _start);
        if (_end == _buffer.Length)
        {
            if (_end >= RecordStream.LargestRecord)
            {
                throw new InvalidDataException($"{array}[{_next}] is longer than {RecordStream.LargestRecord} bytes.");
            }
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = await document.ReadAsync(_buffer.AsMemory(_end), cancel);
        (_end, _isFinal) = (_end + read, read == 0);
    }

    /// <summary>Reads on to the end of the next record, or of what there is. What was read for good is given free.</summary>
    private (Step Step, ReadOnlyMemory<byte> Record) Advance()
    {
        if (!_isOpen && _buffer.AsSpan(_start, _end - _start).StartsWith("\uFEFF"u8)) _start += 3;
        var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _isFinal, _state);
        while (true)
        {
            var before = reader;
            if (!reader.Read())
            {
                Keep(before);
                return (_isFinal ? Step.Done : Step.NeedsMore, default);
            }

            var at = _start + (int)reader.TokenStartIndex;
            if (reader.CurrentDepth == 0)
            {
                Open(reader.TokenType);
            }
            else if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName)
            {
                _field = reader.GetString()!;
            }
            else if (reader.CurrentDepth == 1 && _isInArray)
            {
                _isInArray = false;
            }
            else if (!_isInArray && _field == array && reader.TokenType == JsonTokenType.StartArray)
            {
                _isInArray = HasArray = true;
            }
            else if (!reader.TrySkip())
            {
                Keep(before);
                return (Step.NeedsMore, default);
            }
            else if (_isInArray)
            {
                var record = _buffer.AsSpan(at, _start + (int)reader.BytesConsumed - at).ToArray();
                Keep(reader);
                return (Step.Record, record);
            }
            else
            {
                _fields[_field] = JsonElement.Parse(_buffer.AsSpan(at, _start + (int)reader.BytesConsumed - at));
            }
        }
    }

    private void Open(JsonTokenType token)
    {
        if (token is not (JsonTokenType.StartObject or JsonTokenType.EndObject)) throw new JsonException("Expected an object.");
        _isOpen = true;
    }

    private void Keep(Utf8JsonReader reader) => (_start, _state) = (_start + (int)reader.BytesConsumed, reader.CurrentState);
}
