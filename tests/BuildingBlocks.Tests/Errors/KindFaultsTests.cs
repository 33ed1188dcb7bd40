using Governance.BuildingBlocks.Errors;
using Governance.Common.V1;
using Shouldly;
using Xunit;

namespace Governance.BuildingBlocks.Tests.Errors;

public sealed class KindFaultsTests
{
    [Theory]
    [InlineData(Severity.Unspecified)]
    [InlineData(Severity.Critical)]
    public void Kind_OfTheContract_IsNoFault(Severity severity) =>
        new FieldFaults().Kind(severity, "severity", "is no severity.").Any.ShouldBeFalse();

    [Fact]
    public void Kind_Unknown_IsNamedByItsNumber() =>
        new FieldFaults().Kind((Severity)99, "freeze.severity", "is no severity.").All
            .ShouldBe([new FieldFault("freeze.severity", "99 is no severity.", "UNKNOWN_VALUE")]);

    [Theory]
    [InlineData(Severity.Unspecified, true)]
    [InlineData((Severity)99, true)]
    [InlineData(Severity.Low, false)]
    public void RequiredKind_UnsetOrUnknown_IsAFault(Severity severity, bool isFault)
    {
        var faults = new FieldFaults().RequiredKind(severity, "severity", "Is none of LOW and HIGH.");

        faults.All.ShouldBe(isFault ? [new FieldFault("severity", "Is none of LOW and HIGH.", "REQUIRED")] : []);
    }
}
