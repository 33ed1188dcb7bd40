using Governance.Patching.V1;
using Governance.Testing;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace Governance.Patching.Tests.Service;

public class LifecycleImportTests
{
    [SharedDataFact("lifecycles/products.jsonl.xz")]
    public async Task Import_TheWholeFileTwice_KeepsEveryCycleOnce()
    {
        await using var patching = await PatchingEstate.StartAsync();
        Counts(await patching.ImportLifecyclesAsync(SharedData.Open("lifecycles/products.jsonl.xz"))).ShouldBe((8351, 0, 0, 0, 0));
        Counts(await patching.ImportLifecyclesAsync(SharedData.Open("lifecycles/products.jsonl.xz"))).ShouldBe((0, 0, 8351, 0, 0));

        (await patching.Admin.Lifecycles.ListLifecyclesAsync(new ListLifecyclesRequest { PageSize = 1 })).TotalSize.ShouldBe(8351);
        var php = await patching.Admin.Lifecycles.ListLifecyclesAsync(new ListLifecyclesRequest { Product = "php", PageSize = 3 });
        php.Lifecycles.Select(one => $"{one.Cycle} {one.LastSupportedDay}")
            .ShouldBe(["8.5 2029-12-31", "8.4 2028-12-31", "8.3 2027-12-31"]);
        var rest = await patching.Admin.Lifecycles.ListLifecyclesAsync(
            new ListLifecyclesRequest { Product = "php", PageSize = 3, PageToken = php.NextPageToken });
        rest.Lifecycles.Select(one => one.Cycle).ShouldBe(["8.2", "8.1", "8.0"]);
        var magento = await patching.Admin.Lifecycles.GetLifecycleAsync(new GetLifecycleRequest { Name = "products/magento/cycles/2.4.8" });
        (magento.ProductTitle, magento.LastSupportedDay, magento.EndOfLife.Reached, magento.Identifiers.Count).ShouldBe(
            ("Magento", "2028-05-31", false, 2));
        var python =
            await Task.WhenAll(new[] { "3.1", "3.10" }.Select(cycle => patching.Admin.Lifecycles
                .GetLifecycleAsync(new GetLifecycleRequest { Name = $"products/python/cycles/{cycle}" }).ResponseAsync));
        python.Select(one => one.Cycle).ShouldBe(["3.1", "3.10"]);
        python[0].LastSupportedDay.ShouldNotBe(python[1].LastSupportedDay);
    }

    [Fact]
    public async Task Import_AProductAnew_CountsWhatChangedAndWhatIsGone()
    {
        await using var patching = await PatchingEstate.StartAsync();
        var first = LifecycleScene.Product("acme", "", "3", "2 2026-12-31", "1 2025-12-31");
        Counts(await patching.ImportLifecyclesAsync(first, validateOnly: true)).ShouldBe((3, 0, 0, 0, 0));
        Counts(await patching.ImportLifecyclesAsync(first)).ShouldBe((3, 0, 0, 0, 0));
        var second = LifecycleScene.Product("acme", "", "4", "3", "2 2027-12-31");
        Counts(await patching.ImportLifecyclesAsync(second)).ShouldBe((1, 2, 0, 1, 0));
        (await Refusal.OfAsync(patching.Admin.Lifecycles.GetLifecycleAsync(
            new GetLifecycleRequest { Name = "products/acme/cycles/1" }))).Code.ShouldBe(StatusCode.NotFound);

        var broken = LifecycleScene.Product("acme", "", "4", "3", "2 2027-02-30");
        var response = await patching.ImportLifecyclesAsync(broken);
        Counts(response).ShouldBe((0, 0, 2, 0, 1));
        (response.Rejected[0].Position, response.Rejected[0].Id).ShouldBe(("line 1, releases[2]", "acme 2"));
        Counts(await patching.ImportLifecyclesAsync(
            """[{"cycle":"4","eol":false,"latest":"4.9"},{"cycle":"3","eol":"2026-05-01","latest":"3.9"}]""",
            "acme")).ShouldBe((0, 1, 1, 1, 0));
        (await patching.Admin.Lifecycles.GetLifecycleAsync(new GetLifecycleRequest { Name = "products/acme/cycles/4" })).ProductTitle
            .ShouldBe("ACME");
    }

    [Fact]
    public async Task List_EndBefore_LeavesTheDayItselfOut()
    {
        await using var patching = await PatchingEstate.StartAsync();
        await patching.ImportLifecyclesAsync(LifecycleScene.Product("acme", "", "4", "3 2026-12-31", "2 2026-12-30", "1 true"));
        async Task<string> CyclesAsync(ListLifecyclesRequest request) =>
            string.Join(' ', (await patching.Admin.Lifecycles.ListLifecyclesAsync(request)).Lifecycles.Select(one => one.Cycle));
        (await CyclesAsync(new ListLifecyclesRequest { EndBefore = "2026-12-31" })).ShouldBe("2 1");
        (await CyclesAsync(new ListLifecyclesRequest { EndBefore = "2027-01-01", Product = "products/acme" })).ShouldBe("3 2 1");
        (await CyclesAsync(new ListLifecyclesRequest { Text = "ACME" })).ShouldBe("4 3 2 1");
        (await CyclesAsync(new ListLifecyclesRequest { Text = "Acme 4" })).ShouldBe("4");
        (await Refusal.OfAsync(patching.Admin.Lifecycles.ListLifecyclesAsync(
            new ListLifecyclesRequest { EndBefore = "2026-02-30" }))).Fields.ShouldBe(["end_before"]);
        (await Refusal.OfAsync(() => patching.ImportLifecyclesAsync("""[{"cycle":"4"}]"""))).Fields.ShouldBe(["document"]);
    }

    private static (int Created, int Updated, int Unchanged, int Removed, int Rejected) Counts(ImportLifecyclesResponse response) =>
        (response.Created, response.Updated, response.Unchanged, response.Removed, response.RejectedCount);
}
