using System.Globalization;
using System.Text;
using Google.Protobuf;
using Governance.Gateway.Transcoding;
using Grpc.Core;
using ErrorInfo = Google.Rpc.ErrorInfo;

namespace Governance.Gateway.Proxy;

/// <summary>
/// Refuses a request in the caller's own terms: a gRPC caller gets a status in a trailers-only answer (a bare 429
/// would read as UNAVAILABLE, a 413 as UNKNOWN), anyone else the JSON error form with its HTTP status.
/// </summary>
internal static class GrpcRefusal
{
    public static bool IsGrpc(HttpRequest request) =>
        request.ContentType is { } type && type.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase);

    /// <summary>Writes the refusal; the response must not have started.</summary>
    public static Task WriteAsync(HttpContext context, StatusCode code, string message, params IMessage[] details) =>
        WriteAsync(context, new RpcFailure(code, message, details));

    /// <inheritdoc cref="WriteAsync(HttpContext, StatusCode, string, IMessage[])"/>
    public static Task WriteAsync(HttpContext context, RpcFailure failure)
    {
        var response = context.Response;
        if (!IsGrpc(context.Request))
        {
            return RestError.WriteAsync(context, failure);
        }
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "application/grpc";
        response.Headers["grpc-status"] = failure.Status.Code.ToString(CultureInfo.InvariantCulture);
        response.Headers["grpc-message"] = PercentEncode(failure.Status.Message);
        if (failure.Status.Details.Count > 0)
        {
            response.Headers["grpc-status-details-bin"] = Convert.ToBase64String(failure.Status.ToByteArray()).TrimEnd('=');
        }
        return response.CompleteAsync();
    }

    /// <summary>The status that a service answered with, from its headers or trailers; null when it is OK.</summary>
    public static RpcFailure? Read(string? code, string? message, string? details)
    {
        if (!int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return new RpcFailure(StatusCode.Unknown, "The service ended its answer without a status.");
        }
        if (number == 0)
        {
            return null;
        }
        var status = new Google.Rpc.Status { Code = number, Message = Uri.UnescapeDataString(message ?? "") };
        if (details is not null)
        {
            MergeDetails(status, details);
        }
        return new RpcFailure(status);
    }

    private static void MergeDetails(Google.Rpc.Status status, string details)
    {
        try
        {
            var padded = details.PadRight((details.Length + 3) / 4 * 4, '=');
            status.Details.AddRange(Google.Rpc.Status.Parser.ParseFrom(Convert.FromBase64String(padded)).Details);
        }
        catch (Exception malformed) when (malformed is FormatException or InvalidProtocolBufferException)
        {
            status.Details.Add(
                Google.Protobuf.WellKnownTypes.Any.Pack(new ErrorInfo { Reason = "UNREADABLE_DETAILS", Domain = GatewayErrors.Domain }));
        }
    }

    private static string PercentEncode(string message)
    {
        var text = new StringBuilder(message.Length);
        foreach (var octet in Encoding.UTF8.GetBytes(message))
        {
            if (octet is >= 0x20 and <= 0x7E && octet != (byte)'%')
            {
                text.Append((char)octet);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"%{octet:X2}");
            }
        }
        return text.ToString();
    }
}
