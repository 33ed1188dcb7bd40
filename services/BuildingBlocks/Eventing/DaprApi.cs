using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Governance.BuildingBlocks.Eventing;

/// <summary>
/// The part of a sidecar's gRPC API that programs publish by (`dapr.proto.runtime.v1.Dapr/PublishEvent`), for what answers in a
/// sidecar's place. Dapr's package has only the client.
/// </summary>
[BindServiceMethod(typeof(DaprApi), nameof(Bind))]
public abstract class DaprApi
{
    private static readonly Method<PublishEventRequest, Empty> Publish = new(
        MethodType.Unary, "dapr.proto.runtime.v1.Dapr", nameof(PublishEvent), Bytes(PublishEventRequest.Parser), Bytes(Empty.Parser));

    /// <summary>Called by the gRPC framework.</summary>
    public static void Bind(ServiceBinderBase binder, DaprApi? api) => binder.AddMethod(Publish, api is null ? null : api.PublishEvent);

    /// <summary>Answers when the event is durable.</summary>
    public virtual Task<Empty> PublishEvent(PublishEventRequest request, ServerCallContext context) =>
        throw new RpcException(new Status(StatusCode.Unimplemented, ""));

    private static Marshaller<T> Bytes<T>(MessageParser<T> parser)
        where T : class, IMessage<T> =>
        Marshallers.Create(message => message.ToByteArray(), bytes => parser.ParseFrom(bytes));
}
