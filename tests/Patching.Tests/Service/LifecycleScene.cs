using Google.Api;
using Google.Protobuf;
using Governance.BuildingBlocks.Names;
using Governance.Ownership.V1;
using Governance.Patching.V1;
using Governance.Testing;
using Shouldly;

namespace Governance.Patching.Tests.Service;

/// <summary>What tests of lifecycles do to an estate.</summary>
internal static class LifecycleScene
{
    public static Task<ImportLifecyclesResponse> ImportLifecyclesAsync(
        this PatchingEstate patching, string document, string product = "", bool validateOnly = false) =>
        patching.ImportLifecyclesAsync(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(document)), product, validateOnly);

    public static async Task<ImportLifecyclesResponse> ImportLifecyclesAsync(
        this PatchingEstate patching, Stream document, string product = "", bool validateOnly = false)
    {
        using var call = patching.Admin.Lifecycles.ImportLifecycles();
        await call.RequestStream.WriteAsync(new ImportLifecyclesRequest { Product = product, ValidateOnly = validateOnly });
        var buffer = new byte[50_000];
        int read;
        while ((read = await document.ReadAsync(buffer)) > 0)
        {
            await call.RequestStream.WriteAsync(
                new ImportLifecyclesRequest { Document = new HttpBody { Data = ByteString.CopyFrom(buffer, 0, read) } });
        }
        await call.RequestStream.CompleteAsync();
        return await call;
    }

    /// <summary>Ownership says what a component runs on.</summary>
    public static async Task RunsAsync(
        this PatchingEstate patching, long version, string component, string product, string installed, params string[] environments) =>
        (await patching.Host.DeliverAsync(ServiceCatalog.Ownership, component, new ComponentChanged
        {
            Meta = Envelopes.Meta(version),
            Component = new Component
            {
                Name = component,
                Tier = 2,
                Owner = "parties/web",
                PlatformProduct = product,
                PlatformVersion = installed,
                Environments = { environments },
            },
        })).ShouldBe("SUCCESS");

    /// <summary>A product in the site's own form; a cycle is <c>8.2 2026-12-31</c>, its name and what stands for <c>eol</c>.</summary>
    public static string Product(string id, string identifiers, params string[] cycles) =>
        $$"""{"product":"{{id}}","title":"{{id.ToUpperInvariant()}}","identifiers":[{{identifiers}}],"releases":[{{string.Join(',', cycles.Select(Cycle))}}]}""";

    private static string Cycle(string cycle)
    {
        var (name, end) = cycle.Split(' ') is [var left, var right] ? (left, right) : (cycle, "false");
        var eol = end is "true" or "false" ? end : $"\"{end}\"";
        return $$"""{"releaseCycle":"{{name}}","eol":{{eol}},"latest":"{{name}}.9"}""";
    }
}
