using System.Diagnostics;
using System.Globalization;
using Grpc.Core;

namespace Governance.BuildingBlocks.Tracing;

/// <summary>Makes spans of HTTP requests say which RPC they are and how it ended: HTTP's own status is 200 for most failures too.</summary>
internal static class GrpcSpans
{
    /// <summary>The attribute with the status' number.</summary>
    public const string Status = "rpc.grpc.status_code";

    /// <summary>A client's span is called like the RPC.</summary>
    public static void Name(Activity span, HttpRequestMessage request)
    {
        if (request.Content?.Headers.ContentType?.MediaType != "application/grpc" || request.RequestUri is not { } uri) return;
        span.DisplayName = uri.AbsolutePath[1..];
        span.SetTag("rpc.system", "grpc");
    }

    /// <summary>A refusal that comes without an answer stands in the headers; to a client each is an error.</summary>
    public static void Judge(Activity span, HttpResponseMessage response)
    {
        if (!response.Headers.NonValidated.TryGetValues("grpc-status", out var values) || !TryRead(values.ToString(), out var code)) return;
        span.SetTag(Status, (int)code);
        if (code != StatusCode.OK) span.SetStatus(ActivityStatusCode.Error, code.ToString());
    }

    /// <summary>To a server only what is its own fault is an error.</summary>
    public static void Judge(Activity span, StatusCode code)
    {
        span.SetTag(Status, (int)code);
        if (IsServersFault(code) && span.Status == ActivityStatusCode.Unset) span.SetStatus(ActivityStatusCode.Error, code.ToString());
    }

    public static bool TryRead(string? text, out StatusCode code)
    {
        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        code = (StatusCode)number;
        return isNumber;
    }

    private static bool IsServersFault(StatusCode code) => code is StatusCode.Unknown or StatusCode.DeadlineExceeded
        or StatusCode.Unimplemented or StatusCode.Internal or StatusCode.Unavailable or StatusCode.DataLoss;
}
