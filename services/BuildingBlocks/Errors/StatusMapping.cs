using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace Governance.BuildingBlocks.Errors;

/// <summary>Turns what the domain throws into a gRPC status with typed details.</summary>
internal sealed class StatusMapping(string domain)
{
    /// <summary>The status for a refusal; null for what is no refusal but a defect.</summary>
    public RpcException? Describe(Exception exception, string correlationId) => exception switch
    {
        InvalidRequest invalid => Status(StatusCode.InvalidArgument, invalid, correlationId, BadRequest(invalid)),
        Missing missing => Status(StatusCode.NotFound, missing, correlationId, Info("NOT_FOUND", ("resource", missing.Name))),
        AlreadyExists taken => Status(StatusCode.AlreadyExists, taken, correlationId, Info("ALREADY_EXISTS", ("resource", taken.Name))),
        RuleViolation broken => Status(StatusCode.FailedPrecondition, broken, correlationId,
            [Info(broken.Reason, [.. broken.Facts]), .. broken.Details]),
        StaleEtag stale => Status(StatusCode.Aborted, stale, correlationId,
            Info("STALE_ETAG", ("resource", stale.Name), ("given", stale.Given), ("current", stale.Current))),
        Unauthenticated unknown => Status(StatusCode.Unauthenticated, unknown, correlationId, Info("UNAUTHENTICATED")),
        PermissionDenied denied => Status(StatusCode.PermissionDenied, denied, correlationId,
            Info(denied.Reason, ("permission", denied.Permission))),
        TooMuch much => Status(StatusCode.ResourceExhausted, much, correlationId, Info("TOO_MUCH"), Retry(much.RetryAfter)),
        Unavailable away => Status(StatusCode.Unavailable, away, correlationId, Info(away.Reason), Retry(away.RetryAfter)),
        _ => null,
    };

    /// <summary>The status for a defect: it says nothing but where to look.</summary>
    public RpcException Internal(string correlationId) => Build(
        StatusCode.Internal,
        $"Something went wrong inside the service. The log has the details under {correlationId}.",
        correlationId,
        Info("INTERNAL"));

    private static RpcException Status(StatusCode code, Exception refusal, string correlationId, params IMessage[] details) =>
        Build(code, refusal.Message, correlationId, details);

    private static RpcException Build(StatusCode code, string message, string correlationId, params IMessage[] details)
    {
        var status = new Google.Rpc.Status { Code = (int)code, Message = message };
        status.Details.AddRange(details.Append(new RequestInfo { RequestId = correlationId }).Select(Any.Pack));
        return status.ToRpcException();
    }

    private static RetryInfo Retry(NodaTime.Duration after) => new() { RetryDelay = Duration.FromTimeSpan(after.ToTimeSpan()) };

    private ErrorInfo Info(string reason, params (string Name, string Value)[] facts)
    {
        var info = new ErrorInfo { Reason = reason, Domain = domain };
        foreach (var (name, value) in facts) info.Metadata[name] = value;
        return info;
    }

    private static BadRequest BadRequest(InvalidRequest invalid)
    {
        var bad = new BadRequest();
        bad.FieldViolations.AddRange(invalid.Faults.Select(fault => new BadRequest.Types.FieldViolation
        {
            Field = fault.Field,
            Description = fault.Description,
            Reason = fault.Reason,
        }));
        return bad;
    }
}
