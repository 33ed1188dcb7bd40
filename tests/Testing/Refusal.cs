using Google.Rpc;
using Grpc.Core;
using Shouldly;

namespace Governance.Testing;

/// <summary>A refused call, with the details that came with it.</summary>
public sealed record Refusal(
    StatusCode Code, string Message, string Reason, IReadOnlyDictionary<string, string> Facts, IReadOnlyList<string> Fields)
{
    /// <summary>Makes the call and expects it to be refused.</summary>
    public static async Task<Refusal> OfAsync(Func<Task> call)
    {
        var fault = await Should.ThrowAsync<RpcException>(call);
        return From(fault);
    }

    /// <inheritdoc cref="OfAsync(Func{Task})"/>
    public static Task<Refusal> OfAsync<T>(AsyncUnaryCall<T> call) => OfAsync(() => call.ResponseAsync);

    public static Refusal From(RpcException fault)
    {
        var status = fault.GetRpcStatus();
        var info = status?.GetDetail<ErrorInfo>();
        var fields = status?.GetDetail<BadRequest>()?.FieldViolations.Select(violation => violation.Field) ?? [];
        return new Refusal(fault.StatusCode, fault.Status.Detail, info?.Reason ?? "", info?.Metadata.ToDictionary() ?? [], [.. fields]);
    }
}
