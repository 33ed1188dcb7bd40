using Google.Api;
using Google.Protobuf;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Security;
using Governance.Ownership.Insights.Maps;
using Governance.Ownership.Persistence;
using Governance.Ownership.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Format = Governance.Ownership.V1.OwnershipMapRequest.Types.Format;
using Party = Governance.Ownership.Parties.Party;
using PartyKind = Governance.Ownership.V1.Party.Types.Kind;

namespace Governance.Ownership.Insights;

/// <summary>What follows from who owns what.</summary>
internal sealed class InsightsService(IDbContextFactory<OwnershipDb> databases, BusinessClock clock) : V1.Insights.InsightsBase
{
    public override async Task<VendorAssessment> AssessVendor(AssessVendorRequest request, ServerCallContext context)
    {
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        var party = await SeenPartyAsync(db, request.Name, context);
        if (party.Kind == PartyKind.Team)
        {
            throw new RuleViolation("NOT_A_VENDOR", $"{party.Name} is a TEAM; vendors are assessed.", ("party", party.Name));
        }
        return await db.AssessVendorAsync(party.Name, clock.Now, context.CancellationToken);
    }

    public override async Task<ExitSimulation> SimulateExit(SimulateExitRequest request, ServerCallContext context)
    {
        var now = clock.Now;
        var date = ExitDate(request.Date, now);
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        var party = await SeenPartyAsync(db, request.Name, context);
        return await db.SimulateExitAsync(party.Name, date, context.Reach(), now, context.CancellationToken);
    }

    public override async Task<HttpBody> OwnershipMap(OwnershipMapRequest request, ServerCallContext context)
    {
        new FieldFaults()
            .Check(Enum.IsDefined(request.Format), "format", $"{(int)request.Format} is none of JSON, MERMAID and SVG.", "UNKNOWN_VALUE")
            .Check(
                request.MaxNeighbours is >= 0 and <= MapQuery.MostNeighbours,
                "max_neighbours",
                $"Is {request.MaxNeighbours}; 1 to {MapQuery.MostNeighbours} are possible, {MapQuery.UsualNeighbours} when unset.",
                "OUT_OF_RANGE")
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

    private static LocalDate ExitDate(string text, Instant now)
    {
        var faults = new FieldFaults();
        var (given, today) = (faults.Date(text, "date"), now.InUtc().Date);
        faults.Check(!(given < today), "date", $"{text} is over: an exit lies ahead.", "IN_THE_PAST");
        faults.Check(given is not { Year: > 2199 }, "date", $"{text} is after 2199-12-31.", "OUT_OF_RANGE");
        faults.ThrowIfAny();
        return given ?? today;
    }

    private static async Task<Party> SeenPartyAsync(OwnershipDb db, string name, ServerCallContext context)
    {
        var id = NameFields.Id(name, "parties");
        var party = await db.Parties.AsNoTracking().SingleOrDefaultAsync(
            one => one.Id == id && one.DeleteTime == null, context.CancellationToken);
        return party is not null && context.Reach().Covers(party.Target) ? party : throw new Missing(name);
    }
}
