using System.Text.Json;
using Governance.Patching.Documents;
using Governance.Patching.Inventory;
using Shouldly;
using Xunit;

namespace Governance.Patching.Tests.Inventory;

public class PackageEquivalentsTests
{
    [Theory]
    [InlineData("magento/project-community-edition")]
    [InlineData("magento/product-community-edition")]
    [InlineData("magento/product-enterprise-edition")]
    [InlineData("Magento/magento2-base")]
    public void AdvisoryNames_MagentoEdition_IncludeTheNameThatAdvisoriesUse(string installed) =>
        PackageEquivalents.Shipped.AdvisoryNames("Packagist", installed).ShouldContain("magento/community-edition");

    [Fact]
    public void AdvisoryNames_OpenSource_IsNotWhatIsSaidOfTheCommercialEditionAlone() =>
        PackageEquivalents.Shipped.AdvisoryNames("Packagist", "magento/product-community-edition")
            .ShouldNotContain("magento/product-enterprise-edition");

    [Fact]
    public void AdvisoryNames_OtherPackage_IsItselfAlone()
    {
        PackageEquivalents.Shipped.AdvisoryNames("Packagist", "Drupal/Core").ShouldBe(["drupal/core"]);
        PackageEquivalents.Shipped.AdvisoryNames("npm", "magento/project-community-edition").ShouldHaveSingleItem();
    }

    [Fact]
    public void InstalledNames_AndAdvisoryNames_AreEachOthersInverse()
    {
        foreach (var installed in PackageEquivalents.Shipped.InstalledNames("Packagist", "magento/community-edition"))
        {
            PackageEquivalents.Shipped.AdvisoryNames("Packagist", installed).ShouldContain("magento/community-edition");
        }
    }

    [Fact]
    public void Read_BrokenFile_NamesEveryFault()
    {
        using var json =
            JsonDocument.Parse("""{"equivalents":[{"ecosystem":"npm","names":["a"]},{"names":[1],"installedAs":["b"],"source":"s"}]}""");
        var faults = new List<FieldFault>();
        PackageEquivalents.Read(json.RootElement, faults).ShouldBeNull();
        faults.Select(fault => fault.Path).ShouldBe(
            [
                "equivalents[0].installedAs",
                "equivalents[0].source",
                "equivalents[1].ecosystem",
                "equivalents[1].names[0]",
                "equivalents[1].names",
            ], ignoreOrder: true);
    }
}
