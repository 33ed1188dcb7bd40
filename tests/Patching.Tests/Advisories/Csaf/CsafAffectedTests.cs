using Governance.Patching.Advisories;
using Governance.Patching.Advisories.Csaf;
using Governance.Patching.Advisories.Matching;
using Governance.Patching.Inventory;
using Shouldly;
using Xunit;

namespace Governance.Patching.Tests.Advisories.Csaf;

public class CsafAffectedTests
{
    private const string Status = "/vulnerabilities/0/product_status";

    [Theory]
    [InlineData("<4.2", "introduced 0, fixed 4.2")]
    [InlineData("<= 4.2", "introduced 0, lastaffected 4.2")]
    [InlineData(">=4.0 <4.2", "introduced 4.0, fixed 4.2")]
    [InlineData(">=4.0|<=4.2", "introduced 4.0, lastaffected 4.2")]
    [InlineData(">=4.0, <4.2", "introduced 4.0, fixed 4.2")]
    [InlineData(">=4.0", "introduced 4.0")]
    [InlineData(">4.0", null)]
    [InlineData("<4.2|<5.1", null)]
    [InlineData(">=1|<2|>=3", null)]
    [InlineData("all versions before 4", null)]
    [InlineData("vers:npm/>=1.0.0|<2.0.0", null)]
    [InlineData("<", null)]
    [InlineData("", null)]
    public void Of_RangesOfBranches_AreEventsOrStayAsTheyAre(string text, string? events)
    {
        var range = CsafRange.Of(text);
        (range.Type == RangeType.Unknown).ShouldBe(events is null);
        range.Constraint.ShouldBe(events is null ? text : null);
        if (events is not null)
        {
            string.Join(", ", range.Events.Select(one => $"{one.Kind} {one.Version}".ToLowerInvariant())).ShouldBe(events);
        }
    }

    [Theory]
    [InlineData("1.4.0", nameof(Applicability.Affected))]
    [InlineData("1.0.0", nameof(Applicability.Affected))]
    [InlineData("1.3.0", nameof(Applicability.NotAffected))]
    [InlineData("1.4.1", nameof(Applicability.NotAffected))]
    [InlineData("1.5.0", nameof(Applicability.NotAffected))]
    [InlineData(null, nameof(Applicability.CannotDecide))]
    public void Evaluate_Document_DecidesByVersionsRangesAndStatements(string? version, string expected) =>
        Evaluate(CsafSample.With(), version).Applicability.ToString().ShouldBe(expected);

    [Fact]
    public void Evaluate_NotAffected_GivesTheJustification() =>
        Evaluate(CsafSample.With(), "1.4.1").Reason.ShouldEndWith("vulnerable_code_not_present.");

    [Theory]
    [InlineData("1.4.0", nameof(Applicability.CannotDecide))]
    [InlineData("1.5.0", nameof(Applicability.NotAffected))]
    [InlineData("1.6.0", nameof(Applicability.NotAffected))]
    public void Evaluate_OnlyFixesNamed_DecidesAboveThem(string version, string expected) =>
        Evaluate(CsafSample.With((Status, """{"fixed":["P-150"]}"""), ("/vulnerabilities/0/flags", null)), version).Applicability
            .ToString()
            .ShouldBe(expected);

    [Theory]
    [InlineData("1.3.9", nameof(Applicability.NotAffected))]
    [InlineData("1.4.0", nameof(Applicability.Affected))]
    [InlineData("1.4.1", nameof(Applicability.Affected))]
    [InlineData("1.4.2", nameof(Applicability.NotAffected))]
    public void Evaluate_FirstAndLastAffected_AreTheEndsOfARange(string version, string expected) =>
        Evaluate(
            CsafSample.With((Status, """{"first_affected":["P-140"],"last_affected":["P-141"]}"""), ("/vulnerabilities/0/flags", null)),
            version).Applicability.ToString().ShouldBe(expected);

    [Theory]
    [InlineData("""{"under_investigation":["P-140"]}""", "1.4.0", nameof(Applicability.CannotDecide))]
    [InlineData("""{"under_investigation":["P-140"]}""", "1.4.1", nameof(Applicability.NotAffected))]
    [InlineData("""{"under_investigation":["P-RANGE"]}""", "1.4.1", nameof(Applicability.CannotDecide))]
    [InlineData("""{"known_affected":["P-RANGE"]}""", "1.2.0", nameof(Applicability.Affected))]
    public void Evaluate_OtherStatuses_AreNeverTakenForUnaffected(string status, string version, string expected) =>
        Evaluate(CsafSample.With((Status, status), ("/vulnerabilities/0/flags", null)), version).Applicability
            .ToString()
            .ShouldBe(expected);

    [Fact]
    public void Evaluate_Relationship_IsIdentifiedByItsComponent()
    {
        var document = CsafSample.With((Status, """{"known_affected":["P-REL"]}"""), ("/vulnerabilities/0/flags", null));
        Evaluate(document, "2.0.0", "plugin").Applicability.ShouldBe(Applicability.Affected);
    }

    private static AffectedVerdict Evaluate(string document, string? version, string package = "shop-core")
    {
        var record = CsafSuite.Read(document).Document.ShouldNotBeNull().Parts[0].Record;
        return AdvisoryMatcher.Evaluate(record, PackageUrl.Create("composer", "acme", package, null), version, PackageEquivalents.Shipped);
    }
}
