using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using Governance.Gateway.Proxy;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;

namespace Governance.Gateway.Transcoding;

/// <summary>Makes a gRPC request message out of an HTTP request.</summary>
internal static class RestRequest
{
    /// <summary>The path as the client sent it, still percent-encoded, and the query.</summary>
    public static (string Path, string Query) Target(HttpContext context)
    {
        var raw = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        if (raw.Length == 0 || raw[0] != '/')
        {
            return (context.Request.Path.ToUriComponent(), context.Request.QueryString.Value ?? "");
        }
        var question = raw.IndexOf('?', StringComparison.Ordinal);
        return question < 0 ? (raw, "") : (raw[..question], raw[question..]);
    }

    /// <summary>Writes the request of a call that has one: body, then query, then path.</summary>
    /// <exception cref="RpcFailure">The request is not acceptable; all faults of fields are in it.</exception>
    public static async Task WriteAsync(HttpContext context, PathMatch<RestRoute> match, string query, WireBuffer wire)
    {
        var route = match.Route;
        var faults = new Faults();
        var maskable = default(ReadOnlyMemory<byte>);
        if (route.HasBody)
        {
            RefuseEncoding(context.Request);
            var length = (int)Math.Min(context.Request.ContentLength ?? 0, int.MaxValue);
            var body = await ReadAllAsync(context.Request.BodyReader, length, context.RequestAborted);
            if (route.UploadField is { } upload)
            {
                WriteFile(context.Request, upload, body.Span, wire);
            }
            else if (body.Length > 0)
            {
                ReadJson(context.Request, body.Span, route, wire, faults);
            }
            maskable = route.UpdateMask is null ? default : body;
        }
        WriteText(match, query, wire, faults, maskable.Span);
        if (faults.Any)
        {
            throw faults.ToFailure();
        }
    }

    /// <summary>Writes the first message of an upload: query and path alone.</summary>
    public static void WriteParameters(HttpContext context, PathMatch<RestRoute> match, string query, WireBuffer wire)
    {
        RefuseEncoding(context.Request);
        var faults = new Faults();
        WriteText(match, query, wire, faults, []);
        if (faults.Any)
        {
            throw faults.ToFailure();
        }
    }

    private static void WriteText(PathMatch<RestRoute> match, string query, WireBuffer wire, Faults faults, ReadOnlySpan<byte> maskable)
    {
        var route = match.Route;
        var text = new QueryReader(wire, faults);
        var masked = query.Length > 1 && text.ReadQuery(query, route, route.UpdateMask);
        if (route.UpdateMask is { } mask && !masked && maskable.Length > 0 && !faults.Any)
        {
            JsonBody.WriteMask(maskable, route, mask, wire);
        }
        text.ReadPath(match);
    }

    private static void ReadJson(HttpRequest request, ReadOnlySpan<byte> body, RestRoute route, WireBuffer wire, Faults faults)
    {
        if (!IsJson(request.ContentType))
        {
            throw GatewayErrors.Refuse(StatusCode.InvalidArgument, "UNSUPPORTED_MEDIA_TYPE",
                $"The body must be application/json in UTF-8; its Content-Type is {Named(request.ContentType)}.", http: 415);
        }
        JsonBody.Read(body, route, wire, faults);
    }

    private static void WriteFile(HttpRequest request, FieldShape upload, ReadOnlySpan<byte> body, WireBuffer wire)
    {
        wire.Tag(upload.Tag);
        var start = wire.BeginNested();
        wire.Tag(upload.Message.ByName("content_type")!.Tag);
        wire.Text(request.ContentType ?? "");
        wire.Tag(upload.Message.ByName("data")!.Tag);
        wire.Bytes(body);
        wire.EndNested(start);
    }

    private static void RefuseEncoding(HttpRequest request)
    {
        if (request.Headers.ContentEncoding is { Count: > 0 } encoding && encoding != "identity")
        {
            throw GatewayErrors.Refuse(StatusCode.InvalidArgument, "UNSUPPORTED_CONTENT_ENCODING",
                $"The body is encoded as {encoding}; send it without Content-Encoding.", http: 415);
        }
    }

    private static bool IsJson(string? contentType)
    {
        if (!System.Net.Http.Headers.MediaTypeHeaderValue.TryParse(contentType, out var type) || type.MediaType is not { } media)
        {
            return false;
        }
        var json = media.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || (media.StartsWith("application/", StringComparison.OrdinalIgnoreCase)
                && media.EndsWith("+json", StringComparison.OrdinalIgnoreCase));
        return json && (type.CharSet is null || type.CharSet.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase));
    }

    private static string Named(string? contentType) => string.IsNullOrEmpty(contentType) ? "missing" : $"'{contentType}'";

    private static async ValueTask<ReadOnlyMemory<byte>> ReadAllAsync(PipeReader reader, int expected, CancellationToken cancellation)
    {
        var body = new ArrayBufferWriter<byte>(Math.Clamp(expected, 256, 64 * 1024));
        while (true)
        {
            var read = await reader.ReadAsync(cancellation);
            foreach (var part in read.Buffer)
            {
                body.Write(part.Span);
            }
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return body.WrittenMemory;
            }
        }
    }

    /// <summary>413 as the caller's form has it.</summary>
    public static RpcFailure TooLarge(long limit) => GatewayErrors.Refuse(
        StatusCode.ResourceExhausted, "BODY_TOO_LARGE",
        string.Create(CultureInfo.InvariantCulture, $"The body is larger than {limit} bytes, the most that this call takes."), http: 413,
        ("limitBytes", limit.ToString(CultureInfo.InvariantCulture)));
}
