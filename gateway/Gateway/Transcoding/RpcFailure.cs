using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Governance.Gateway.Transcoding;

/// <summary>A call that is answered with an error: by the gateway itself, or by a service.</summary>
internal sealed class RpcFailure : Exception
{
    public RpcFailure(StatusCode code, string message, params IMessage[] details)
        : base(message)
    {
        Status = new Google.Rpc.Status { Code = (int)code, Message = message };
        Status.Details.AddRange(details.Select(Any.Pack));
    }

    public RpcFailure(Google.Rpc.Status status)
        : base(status.Message) => Status = status;

    public Google.Rpc.Status Status { get; }

    public StatusCode Code => (StatusCode)Status.Code;

    /// <summary>The HTTP status where it says more than the gRPC status' own: 404, 405, 413, 415.</summary>
    public int? HttpStatus { get; init; }
}
