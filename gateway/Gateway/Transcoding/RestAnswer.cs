using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Governance.Gateway.Transcoding;

/// <summary>Makes HTTP answers out of gRPC's.</summary>
internal sealed class RestAnswer(HttpContext context, RestRoute route, ShapeRegistry shapes)
{
    private readonly HttpResponse _response = context.Response;

    private bool IsFile => route.AnswersFile;

    /// <summary>The one answer of a call, after the call has ended well.</summary>
    public Task WriteAsync(ReadOnlyMemory<byte> message)
    {
        if (IsFile)
        {
            var (mediaType, data) = File(message.Span);
            _response.ContentType = mediaType;
            _response.ContentLength = data.Length;
            return _response.Body.WriteAsync(message.Slice(data.Start, data.Length), context.RequestAborted).AsTask();
        }
        var json = Render(message.Span);
        _response.ContentType = "application/json; charset=utf-8";
        _response.ContentLength = json.Length;
        _response.BodyWriter.Write(json);
        return _response.BodyWriter.FlushAsync(context.RequestAborted).AsTask();
    }

    /// <summary>
    /// A stream of answers, each sent as soon as it is there: JSON documents a line, or the pieces of a file. An
    /// error after the first answer becomes the last line; a file that breaks off is cut, so that nobody takes it for whole.
    /// </summary>
    public async Task WriteAllAsync(GrpcCall call, CancellationToken cancellation)
    {
        var first = await call.ReadAsync(cancellation);
        if (!IsFile)
        {
            _response.ContentType = "application/x-ndjson; charset=utf-8";
        }
        try
        {
            for (var message = first; message is { } answer; message = await call.ReadAsync(cancellation))
            {
                await WriteOneAsync(answer, cancellation);
                await _response.Body.FlushAsync(cancellation);
            }
        }
        catch (RpcFailure failure) when (!IsFile)
        {
            await _response.Body.WriteAsync(RestError.Render(shapes, failure), cancellation);
            await _response.Body.WriteAsync("\n"u8.ToArray(), cancellation);
        }
    }

    private async ValueTask WriteOneAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        if (IsFile)
        {
            var (mediaType, data) = File(message.Span);
            if (!_response.HasStarted)
            {
                _response.ContentType = mediaType;
            }
            await _response.Body.WriteAsync(message.Slice(data.Start, data.Length), cancellation);
            return;
        }
        _response.BodyWriter.Write(Render(message.Span));
        _response.BodyWriter.Write("\n"u8);
    }

    /// <summary>The message as JSON, valid until this thread renders the next one: copy it before anything is awaited.</summary>
    private ReadOnlySpan<byte> Render(ReadOnlySpan<byte> message)
    {
        var scratch = Scratch.OfThread();
        if (route.ResponseField is { } field)
        {
            scratch.Writer.WriteMember(message, route.Rpc.Response, field);
        }
        else
        {
            scratch.Writer.WriteMessage(message, route.Rpc.Response);
        }
        return scratch.Finish();
    }

    /// <summary>A buffer and its writer, kept by thread so that an answer costs no allocation of its own.</summary>
    private sealed class Scratch
    {
        private const int KeptBytes = 1024 * 1024;

        [ThreadStatic]
        private static Scratch? _ofThread;

        private readonly ArrayBufferWriter<byte> _buffer = new(4096);
        private readonly Utf8JsonWriter _json;

        private Scratch()
        {
            _json = new Utf8JsonWriter(_buffer, RestError.JsonOptions);
            Writer = new WireToJson(_json);
        }

        public WireToJson Writer { get; }

        public static Scratch OfThread()
        {
            var scratch = _ofThread is { } kept && kept._buffer.Capacity <= KeptBytes ? kept : _ofThread = new Scratch();
            scratch._buffer.ResetWrittenCount();
            scratch._json.Reset();
            return scratch;
        }

        public ReadOnlySpan<byte> Finish()
        {
            _json.Flush();
            return _buffer.WrittenSpan;
        }
    }

    private (string MediaType, (int Start, int Length) Data) File(ReadOnlySpan<byte> message)
    {
        var offset = 0;
        if (route.ResponseField is { } field)
        {
            (offset, var length) = Find(message, field.Tag);
            message = message.Slice(offset, length);
        }
        var (typeAt, typeLength) = Find(message, 10);
        var (dataAt, dataLength) = Find(message, 18);
        var mediaType = typeLength == 0 ? "application/octet-stream" : Encoding.UTF8.GetString(message.Slice(typeAt, typeLength));
        return (mediaType, (offset + dataAt, dataLength));
    }

    private static (int Start, int Length) Find(ReadOnlySpan<byte> message, uint wanted)
    {
        var found = (0, 0);
        var reader = new WireReader(message);
        while (!reader.AtEnd)
        {
            var tag = reader.Tag();
            if (tag == wanted)
            {
                var length = reader.Bytes().Length;
                found = (reader.Position - length, length);
            }
            else
            {
                reader.Skip(tag);
            }
        }
        return found;
    }
}
