using Governance.Ownership.Imports;
using Governance.Ownership.V1;
using Governance.Suite.Demo;
using Shouldly;
using Xunit;

namespace Governance.Suite.Tests.Demo;

public sealed class DemoDataTests
{
    [Fact]
    public async Task Catalogue_OfTheDemo_IsWhole()
    {
        await using var catalogue = DemoData.Catalogue();

        (await CatalogFile.FaultsAsync(catalogue, ImportCatalogRequest.Types.Format.Backstage, CancellationToken.None)).ShouldBeEmpty();
        using var text = new StreamReader(DemoData.Catalogue());
        var names = (await text.ReadToEndAsync())
            .Split('\n')
            .Where(line => line.TrimStart().StartsWith("name: ", StringComparison.Ordinal))
            .Select(line => line.Trim()["name: ".Length..])
            .ToHashSet();
        DemoData.Inventories().Select(inventory => inventory.Component).ShouldBeSubsetOf(names);
        DemoData.Advisories(DateTimeOffset.UnixEpoch).ShouldNotContain("{{");
    }
}
