using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Names;
using Governance.Common.V1;
using Governance.Patching.Deadlines;
using Governance.Patching.Policies;
using Governance.Patching.V1;
using Shouldly;
using Xunit;
using Policy = Governance.Patching.V1.Policy;
using PolicyRule = Governance.Patching.V1.PolicyRule;
using Unit = Governance.Patching.V1.PolicyRule.Types.Unit;

namespace Governance.Patching.Tests.Policies;

public class PolicyFieldsTests
{
    [Fact]
    public void Policy_WithFaults_NamesEveryOne()
    {
        var policy = new Policy
        {
            MaximumExceptionDays = -1,
            ExceptionClock = (Policy.Types.ExceptionClock)9,
            Recalculation = (Policy.Types.Recalculation)9,
            Rules =
            {
                new PolicyRule { Id = "aaa", Unit = Unit.BusinessDays, DueAfter = 251, Severities =
                {
                    (Severity)9,
                }, EpssAtLeast = double.NaN },
                new PolicyRule
                {
                    Id = "aaa",
                    Unit = Unit.NextUpgrade,
                    DueAfter = 1,
                    FloorHoursAfterFirstSeen = 1,
                    Calendar = "calendars/weekdays",
                },
                new PolicyRule { Id = "A!", Tiers = { 5 }, Environments =
                {
                    " ",
                }, TechnicalImpact = (DecisionPoints.Types.TechnicalImpact)9, FloorHoursAfterFirstSeen = -1 },
            },
        };
        var faults = new FieldFaults();
        faults.Policy("test", policy);
        faults.All.Select(fault => fault.Field).ShouldBe(
        [
            "policy.display_name", "policy.rules", "policy.maximum_exception_days", "policy.exception_clock", "policy.recalculation",
            "policy.rules[0].severities", "policy.rules[0].epss_at_least", "policy.rules[0].due_after", "policy.rules[0].clock_start", "policy.rules[0].calendar",
            "policy.rules[1].due_after", "policy.rules[1].floor_hours_after_first_seen", "policy.rules[1].calendar",
            "policy.rules[2].id", "policy.rules[2].tiers", "policy.rules[2].environments", "policy.rules[2].technical_impact", "policy.rules[2].unit", "policy.rules[2].due_after",
            "policy.rules[2].floor_hours_after_first_seen", "policy.rules[2].clock_start",
        ], ignoreOrder: true);
    }

    [Fact]
    public void Policy_ReadAndShown_IsTheSame()
    {
        foreach (var preset in PolicyFile.LoadPresets())
        {
            var shown = Governance.Patching.Deadlines.Policy.Create(preset, isActive: false, 1, default).ToProto();
            var faults = new FieldFaults();
            var read = faults.Policy(preset.Id, shown);
            faults.Any.ShouldBeFalse();
            Governance.Patching.Deadlines.Policy.Create(read, isActive: false, 1, default).ToProto().ShouldBe(shown);
        }
    }

    [Fact]
    public void Policy_SettingsUnset_AreTheDocumentedDefaults()
    {
        var read = new FieldFaults().Policy("test", new Policy
        {
            DisplayName = "T",
            Rules = { new PolicyRule { Id = "any", Unit = Unit.Hours, DueAfter = 1, ClockStart = V1.ClockStart.Detection } },
        });
        (read.MaximumExceptionDays, read.ExceptionClock, read.Recalculation).ShouldBe(
            (90, ExceptionClock.Continues, Recalculation.Recalculate));
    }
}
