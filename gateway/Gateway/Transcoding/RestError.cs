using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Google.Protobuf;
using Google.Rpc;
using Governance.Gateway.Proxy;
using Grpc.Core;

namespace Governance.Gateway.Transcoding;

/// <summary>The error form of REST: <c>{"error": {"code", "status", "message", "details"}}</c>.</summary>
internal static class RestError
{
    public static readonly JsonWriterOptions JsonOptions = new()
    {
        SkipValidation = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Answers with the error; the response must not have started.</summary>
    public static Task WriteAsync(HttpContext context, RpcFailure failure)
    {
        var response = context.Response;
        var body = Render(context.RequestServices.GetRequiredService<RpcCatalog>().Shapes, failure);
        response.StatusCode = HttpStatusOf(failure);
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = body.Length;
        if (failure.Code is StatusCode.Unauthenticated)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }
        if (failure.Status.Details.FirstOrDefault(detail => detail.Is(RetryInfo.Descriptor)) is { } retry)
        {
            response.Headers.RetryAfter =
                Math.Max(1, retry.Unpack<RetryInfo>().RetryDelay?.Seconds ?? 1).ToString(CultureInfo.InvariantCulture);
        }
        return response.Body.WriteAsync(body).AsTask();
    }

    /// <summary>The error as one line of JSON.</summary>
    public static ReadOnlyMemory<byte> Render(ShapeRegistry shapes, RpcFailure failure)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, JsonOptions);
        json.WriteStartObject();
        json.WriteStartObject("error"u8);
        json.WriteNumber("code"u8, HttpStatusOf(failure));
        json.WriteString("status"u8, NameOf(failure.Code));
        json.WriteString("message"u8, failure.Status.Message);
        json.WriteStartArray("details"u8);
        var writer = new WireToJson(json);
        foreach (var detail in failure.Status.Details)
        {
            writer.WriteMessage(detail.ToByteArray(), shapes.Of(Google.Protobuf.WellKnownTypes.Any.Descriptor));
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>The status' standard name, <c>INVALID_ARGUMENT</c>.</summary>
    public static string NameOf(StatusCode code)
    {
        var name = new StringBuilder();
        foreach (var letter in code is StatusCode.OK ? "OK" : code.ToString())
        {
            if (char.IsAsciiLetterUpper(letter) && name.Length > 0 && code is not StatusCode.OK)
            {
                name.Append('_');
            }
            name.Append(char.ToUpperInvariant(letter));
        }
        return name.ToString();
    }

    private static int HttpStatusOf(RpcFailure failure) => failure.HttpStatus ?? failure.Code switch
    {
        StatusCode.OK => 200,
        StatusCode.Cancelled => 499,
        StatusCode.InvalidArgument or StatusCode.FailedPrecondition or StatusCode.OutOfRange => 400,
        StatusCode.DeadlineExceeded => 504,
        StatusCode.NotFound => 404,
        StatusCode.AlreadyExists or StatusCode.Aborted => 409,
        StatusCode.PermissionDenied => 403,
        StatusCode.Unauthenticated => 401,
        StatusCode.ResourceExhausted => 429,
        StatusCode.Unimplemented => 501,
        StatusCode.Unavailable => 503,
        _ => 500,
    };
}
