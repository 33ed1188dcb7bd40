using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf.WellKnownTypes;
using Governance.BuildingBlocks.Eventing;
using Grpc.Core;

namespace Governance.Suite.LocalPubSub.Publishing;

/// <summary><c>dapr.proto.runtime.v1.Dapr/PublishEvent</c>: answers once the message and its deliveries are durable.</summary>
internal sealed class GrpcPublisher(Publisher publisher, ILogger<GrpcPublisher> log) : DaprApi
{
    public override async Task<Empty> PublishEvent(PublishEventRequest request, ServerCallContext context)
    {
        var headers = context.GetHttpContext().Request.Headers;
        try
        {
            await publisher.PublishAsync(headers, new PublishRequest(
                "", request.PubsubName, request.Topic, request.DataContentType.Length > 0 ? request.DataContentType : null,
                request.Data.Memory, request.Metadata, TraceContext.Of(headers)));
            return new Empty();
        }
        catch (PublishRefused refused)
        {
            throw new RpcException(new Status(CodeOf(refused.Status), refused.Message));
        }
        catch (Exception failure)
        {
            log.LogWarning(failure, "A publish failed");
            throw new RpcException(new Status(StatusCode.Internal, "the message could not be stored"));
        }
    }

    private static StatusCode CodeOf(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => StatusCode.Unauthenticated,
        StatusCodes.Status403Forbidden => StatusCode.PermissionDenied,
        StatusCodes.Status404NotFound => StatusCode.NotFound,
        _ => StatusCode.InvalidArgument,
    };
}
