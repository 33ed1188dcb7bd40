using Google.Api;
using Google.Protobuf;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Security;
using Governance.Ownership.Insights.Maps;
using Governance.Ownership.V1;
using Grpc.Core;
using Format = Governance.Ownership.V1.OwnershipMapRequest.Types.Format;

namespace Governance.Ownership;

internal sealed partial class OwnershipCalls
{
    public override async Task<HttpBody> OwnershipMap(OwnershipMapRequest request, ServerCallContext context)
    {
        new FieldFaults()
            .Check(Enum.IsDefined(request.Format), "format", $"{(int)request.Format} is none of JSON, MERMAID and SVG.", "UNKNOWN_VALUE")
            .Check(request.MaxNeighbours is >= 0 and <= MapQuery.MostNeighbours, "max_neighbours", $"Is {request.MaxNeighbours}; 1 to {MapQuery.MostNeighbours} are possible, {MapQuery.UsualNeighbours} when unset.", "OUT_OF_RANGE")
            .ThrowIfAny();
        var neighbours = request.MaxNeighbours > 0 ? request.MaxNeighbours : MapQuery.UsualNeighbours;
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        var graph = await new MapQuery(db, context.Reach(), clock.Now).ReadAsync(request.Scope, neighbours, context.CancellationToken);
        return request.Format switch
        {
            Format.Mermaid => Body("text/vnd.mermaid", MermaidMap.Write(graph)),
            Format.Svg => Body("image/svg+xml", SvgMap.Write(graph)),
            _ => Body("application/json", JsonFormatter.Default.Format(graph)),
        };
    }

    private static HttpBody Body(string type, string text) => new() { ContentType = type, Data = ByteString.CopyFromUtf8(text) };
}
