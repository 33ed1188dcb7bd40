using Governance.Patching.V1;
using Governance.Testing;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace Governance.Patching.Tests.Service;

public class SpdxImportTests
{
    [Fact]
    public async Task Import_SpdxDocument_OpensRemediationsAndReplacesWhatWasThere()
    {
        await using var patching = await PatchingEstate.StartAsync();
        await patching.ImportAsync(AdvisoryFormat.Osv, Documents.Osv("CVE-2026-1"));
        await patching.HasAsync(PatchingEstate.Shop, "production", "pkg:npm/left-pad@1.0.0");
        var import = await ImportAsync(patching, Bill("SPDX-2.3", "pkg:composer/acme/shop-core@1.4.0"));
        (import.Created, import.Removed, import.Ignored, import.RemediationsOpened).ShouldBe((1, 1, 1, 1));
        var item = (await patching.Admin.Inventory.ListInventoryAsync(new ListInventoryRequest())).Items.ShouldHaveSingleItem();
        (item.Package, item.Version, item.Source).ShouldBe(("pkg:composer/acme/shop-core", "1.4.0", "SPDX https://example.org/shop"));

        (await ImportAsync(patching, Bill("SPDX-2.3", "pkg:composer/acme/shop-core@2.0.0"))).RemediationsClosed.ShouldBe(1);
        (await patching.OnlyAsync()).State.ShouldBe(Remediation.Types.State.Remediated);
    }

    [Theory]
    [InlineData("SPDX-3.0", "pkg:composer/acme/shop-core@2.0.0", "document.spdxVersion")]
    [InlineData("SPDX-2.3", "nonsense", "document.packages[1].externalRefs[0].referenceLocator")]
    public async Task Import_BrokenDocument_ChangesNothing(string version, string purl, string field)
    {
        await using var patching = await PatchingEstate.StartAsync();
        await ImportAsync(patching, Bill("SPDX-2.2", "pkg:composer/acme/shop-core@1.4.0"));
        var refused = await Refusal.OfAsync(() => ImportAsync(patching, Bill(version, purl)));
        (refused.Code, refused.Fields.ShouldHaveSingleItem()).ShouldBe((StatusCode.InvalidArgument, field));
        (await patching.Admin.Inventory.ListInventoryAsync(new ListInventoryRequest())).Items
            .ShouldHaveSingleItem().Version
            .ShouldBe("1.4.0");
    }

    private static Task<ImportInventoryResponse> ImportAsync(PatchingEstate patching, string document) =>
        patching.ImportSbomAsync(PatchingEstate.Shop, "production", document, InventoryFormat.Spdx);

    private static string Bill(string version, string purl) => $$"""
        {"spdxVersion":"{{version}}","SPDXID":"SPDXRef-DOCUMENT","documentNamespace":"https://example.org/shop","documentDescribes":["SPDXRef-shop"],"packages":[
          {"name":"shop","SPDXID":"SPDXRef-shop","externalRefs":[{"referenceCategory":"PACKAGE-MANAGER","referenceType":"purl","referenceLocator":"pkg:composer/acme/shop@1"}]},
          {"name":"core","SPDXID":"SPDXRef-core","externalRefs":[{"referenceCategory":"PACKAGE-MANAGER","referenceType":"purl","referenceLocator":"{{purl}}"}]},
          {"name":"vendored","SPDXID":"SPDXRef-vendored"}]}
        """;
}
