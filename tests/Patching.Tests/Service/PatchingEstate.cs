using Google.Api;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Security;
using Governance.Common.V1;
using Governance.Ownership.V1;
using Governance.Patching.V1;
using Governance.Testing;
using Governance.Windows.V1;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace Governance.Patching.Tests.Service;

/// <summary>The real service with a clock, a pub/sub and callers of the test's own; the calendar is the test.</summary>
internal sealed class PatchingEstate : IAsyncDisposable
{
    public const string Shop = "components/shop";

    private long _version;

    private PatchingEstate(TestEstate estate) => Estate = estate;

    public TestEstate Estate { get; }

    public TestHost Host => Estate[ServiceCatalog.Patching];

    public PatchingClients Admin => As(Callers.Admin);

    public static async Task<PatchingEstate> StartAsync(Action<IServiceCollection>? overrides = null)
    {
        var estate = await TestEstate.StartAsync();
        await estate.StartAsync(PatchingDefinition.Value, overrides: overrides);
        return new PatchingEstate(estate);
    }

    public PatchingClients As(Caller caller) => new(Host.As(caller));

    public Task<ImportAdvisoriesResponse> ImportAsync(AdvisoryFormat format, string document, bool validateOnly = false) =>
        ImportAsync(format, new MemoryStream(System.Text.Encoding.UTF8.GetBytes(document)), validateOnly);

    public async Task<ImportAdvisoriesResponse> ImportAsync(AdvisoryFormat format, Stream document, bool validateOnly = false)
    {
        using var call = Admin.Advisories.ImportAdvisories();
        await call.RequestStream.WriteAsync(new ImportAdvisoriesRequest { Format = format, ValidateOnly = validateOnly });
        await foreach (var chunk in ChunksAsync(document))
        {
            await call.RequestStream.WriteAsync(new ImportAdvisoriesRequest { Document = chunk });
        }
        await call.RequestStream.CompleteAsync();
        return await call;
    }

    /// <summary>Imports a bill of materials with the purls given.</summary>
    public Task<ImportInventoryResponse> HasAsync(string component, string environment, params string[] purls) => ImportSbomAsync(
        component, environment,
        $$"""{"bomFormat":"CycloneDX","specVersion":"1.5","components":[{{string.Join(',', purls.Select(purl => $$"""{"type":"library","name":"x","purl":"{{purl}}"}"""))}}]}""");

    public async Task<ImportInventoryResponse> ImportSbomAsync(
        string component, string environment, string document, InventoryFormat format = InventoryFormat.Cyclonedx)
    {
        using var call = Admin.Inventory.ImportInventory();
        await call.RequestStream.WriteAsync(new ImportInventoryRequest
        {
            Parent = component,
            Format = format,
            Environment = environment,
            Document = new HttpBody { Data = ByteString.CopyFromUtf8(document) },
        });
        await call.RequestStream.CompleteAsync();
        return await call;
    }

    public async Task<Remediation> OnlyAsync(string component = Shop, string environment = "production") =>
        (await Admin.Remediations.ListRemediationsAsync(
            new ListRemediationsRequest { Component = component, Environment = environment })).Remediations.ShouldHaveSingleItem();

    public async Task KnowAsync(string component, int tier, string owner =
        "", Component.Types.Exposure exposure = Component.Types.Exposure.Internet, string system = "") =>
        (await Host.DeliverAsync(ServiceCatalog.Ownership, component, new ComponentChanged
        {
            Meta = Envelopes.Meta(++_version),
            Component = new Component { Name = component, Tier = tier, Owner = owner, Exposure = exposure, System = system },
        })).ShouldBe("SUCCESS");

    /// <summary>The newest wish of a stage, once it is published and wants that.</summary>
    public Task<BookingRequest> WishAsync(
        string rollout, string stage, BookingRequest.Types.Wanted wanted, int attempt = 0) => Eventually.GetAsync(
        () => Task.FromResult(Estate.PubSub.Of<BookingRequestChanged>().Select(changed => changed.Request)
            .LastOrDefault(wish => wish.Stage == $"{rollout}/stages/{stage}" && wish.Wanted == wanted && wish.Attempt >= attempt)),
        $"{stage} wants {wanted}");

    /// <summary>The calendar's answer to a wish.</summary>
    public async Task AnswerAsync(
        BookingRequest wish, Booking.Types.State state, DateTimeOffset? start = null, string reason = "", int? attempt = null)
    {
        var planned = start ?? wish.NotBefore.ToDateTimeOffset();
        var booking = new Booking
        {
            Name = $"bookings/{wish.Name.Split('/')[1]}",
            BookingRequest = wish.Name,
            Attempt = attempt ?? wish.Attempt,
            State = state,
            Reason = reason,
            Change = wish.Stage,
            PlannedStart = state is Booking.Types.State.Refused or Booking.Types.State.Unscheduled ? null : planned.ToTimestamp(),
            PlannedEnd = state is Booking.Types.State.Refused or Booking.Types.State.Unscheduled
                ? null
                : (planned + wish.Duration.ToTimeSpan()).ToTimestamp(),
        };
        if (state is Booking.Types.State.Refused or Booking.Types.State.Unscheduled)
        {
            booking.Remedies.Add(new Remedy { Action = "OVERRIDE_FREEZE", Resource = "freezes/peak" });
        }
        (await Host.DeliverAsync(
            ServiceCatalog.Windows,
            booking.Name,
            new BookingChanged { Meta = Envelopes.Meta(++_version), Booking = booking })).ShouldBe("SUCCESS");
    }

    public async Task<Rollout> GetAsync(string rollout) => await Admin.Rollouts.GetRolloutAsync(new GetRolloutRequest { Name = rollout });

    public ValueTask DisposeAsync() => Estate.DisposeAsync();

    private static async IAsyncEnumerable<HttpBody> ChunksAsync(Stream document)
    {
        var buffer = new byte[50_000];
        int read;
        while ((read = await document.ReadAsync(buffer)) > 0) yield return new HttpBody { Data = ByteString.CopyFrom(buffer, 0, read) };
    }
}

/// <summary>Documents with few fields.</summary>
internal static class Documents
{
    public static string Osv(
        string id, string package =
            "acme/shop-core", string ecosystem = "Packagist", string fixedIn = "2.0.0", string published = "2026-03-01T00:00:00Z",
        string modified = "2026-03-01T00:00:00Z", string severity = "CRITICAL", string more = "", string introduced = "0") =>
        $$"""{"id":"{{id}}","modified":"{{modified}}","published":"{{published}}","summary":"{{id}} in {{package}}","affected":[{"package":{"ecosystem":"{{ecosystem}}","name":"{{package}}"},"ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"{{introduced}}"},{"fixed":"{{fixedIn}}"}]}]}],"database_specific":{"severity":"{{severity}}"}{{more}}}""";

    public static string Kev(string version, string released, params string[] cves) =>
        $$"""{"title":"t","catalogVersion":"{{version}}","dateReleased":"{{released}}","count":{{cves.Length}},"vulnerabilities":[{{string.Join(',', cves.Select(KevEntry))}}]}""";

    private static string KevEntry(string cve) =>
        $$"""{"cveID":"{{cve}}","vendorProject":"Acme","product":"Shop","vulnerabilityName":"Acme Shop {{cve}}","dateAdded":"2026-03-02","shortDescription":"s","requiredAction":"Apply updates.","dueDate":"2026-03-23","knownRansomwareCampaignUse":"Known","notes":"","cwes":[]}""";
}
