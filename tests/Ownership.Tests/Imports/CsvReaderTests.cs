using Governance.Ownership.Imports.Records;
using Governance.Ownership.V1;
using NodaTime;
using Shouldly;
using Xunit;
using static Governance.Ownership.Tests.Imports.Catalogs;

namespace Governance.Ownership.Tests.Imports;

public sealed class CsvReaderTests
{
    [Fact]
    public async Task Read_ColumnsInAnySpelling_GiveTheComponent()
    {
        var records = await CsvAsync("""
            Name,Depends On,Labels,Size_Lines,RTO,maximum-tolerable-downtime,repositories,provides APIs,accountable.security-patching,responsible:hosting
            Checkout,"orders;db;orders",country=at|pci=yes,12000,PT4H,1d 12h,acme/checkout,checkout,parties/shop,ops|night
            """);

        var component = records.ShouldHaveSingleItem().ShouldBeOfType<ComponentRecord>();
        (component.Name, component.DisplayName, component.Tier, component.SizeInLines).ShouldBe(
            ("components/checkout", "checkout", 1, 12000));
        component.DependsOn.ShouldBe(["components/orders", "components/db"]);
        component.Labels["pci"].ShouldBe("yes");
        component.Environments.ShouldBe(["staging", "production"]);
        (component.RecoveryTime, component.MaximumTolerableDowntime).ShouldBe((Duration.FromHours(4), Duration.FromHours(36)));
        component.Repositories.ShouldBe(["https://github.com/acme/checkout"]);
        component.ProvidesApis.ShouldBe(["apis/checkout"]);
        component.Assignments.ShouldBe(
        [
            new AssignmentRecord("security-patching", Responsibility.Types.Duty.Accountable, "parties/shop"),
            new AssignmentRecord("hosting", Responsibility.Types.Duty.Responsible, "parties/ops"),
            new AssignmentRecord("hosting", Responsibility.Types.Duty.Responsible, "parties/night"),
        ]);
    }

    [Fact]
    public async Task Read_BadRows_AreRefusedWithLineAndColumnAndTheOthersGoOn()
    {
        var records = await CsvAsync("""
            name,tier,kind,rto,description
            good,2,service,4h,"two
            lines"
            -bad,9,spaceship,soon,
            self"quote,1,,,
            better,,data-store,,
            long,1,,,,too many
            good,1,,,
            """);

        records.OfType<ComponentRecord>().Select(one => (one.Name, one.Tier, one.Kind)).ShouldBe(
            [("components/good", 2, Component.Types.Kind.Service), ("components/better", 1, Component.Types.Kind.DataStore)]);
        records.OfType<ComponentRecord>().First().Description.ShouldBe("two\nlines");
        var refused = records.OfType<RefusedRecord>().ToDictionary(one => one.Position, one => one.Reason);
        refused.Keys.ShouldBe(["line 4", "line 5", "line 7", "line 8"], ignoreOrder: true);
        foreach (var part in (string[])
        [
            "column name: '-bad'",
            "column tier: tier '9'",
            "column kind: kind 'spaceship'",
            "column rto: 'soon'",
        ])
        {
            refused["line 4"].ShouldContain(part);
        }
        refused["line 5"].ShouldContain("quote");
        refused["line 7"].ShouldContain("the row has 6 cells");
        refused["line 8"].ShouldBe("components/good was given before, line 2");
    }

    [Theory]
    [InlineData("", "there is no header")]
    [InlineData("title,owner\n", "the column 'name' is missing")]
    [InlineData("component;name\n", "the column 'name' stands there twice")]
    [InlineData("name,colour\n", "there is no column 'colour'")]
    [InlineData("name,owner\na,\"b\nc,d\n", "a quote is never closed")]
    public async Task Read_AFileThatCannotBeUnderstood_IsRefusedAsAWhole(string csv, string fault) =>
        (await Should.ThrowAsync<InvalidDataException>(() => CsvAsync(csv))).Message.ShouldContain(fault);
}
