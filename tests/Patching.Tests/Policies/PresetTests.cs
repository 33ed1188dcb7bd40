using Governance.Patching.Advisories;
using Governance.Patching.Deadlines;
using Governance.Patching.Policies;
using Governance.Testing;
using Shouldly;
using Xunit;

namespace Governance.Patching.Tests.Policies;

public class PresetTests
{
    private static readonly DateTimeOffset Published = new(2026, 3, 31, 10, 30, 0, TimeSpan.Zero);
    private static readonly DateOnly Listed = new(2026, 4, 7);
    private static readonly DateTimeOffset Listing = new(2026, 4, 7, 0, 0, 0, TimeSpan.Zero);

    private static readonly RemediationFacts Facts = new()
    {
        Severity = SeverityBand.High,
        Environment = "production",
        FirstSeen = Published.AddDays(20),
        Published = Published,
    };

    private static DeadlinePolicy Directive => PolicyFile.LoadPresets().Single(policy => policy.Id == "bod-26-04");

    [SharedDataFact("policies/bod_26_04.csv")]
    public void Directive_EveryCell_IsAsPublished()
    {
        var cells = SharedData.ReadLines("policies/bod_26_04.csv").Skip(1).Select(line => line.Split(',')).ToList();
        cells.Count.ShouldBe(16);
        Directive.Rules.Count.ShouldBe(16);
        foreach (var cell in cells)
        {
            var decision =
                Directive.Decide(Known(cell[0] == "yes", cell[1] == "yes", cell[2] == "yes", cell[3] == "total")).ShouldNotBeNull();
            var days = cell[4] == "next upgrade"
                ? (int?)null
                : int.Parse(cell[4].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
            var start = cell[0] == "yes" ? Listing : Published;
            (decision.Due, decision.ForensicTriage).ShouldBe(
                (days is null ? null : start.AddDays(days.Value), cell[4].Contains("forensic", StringComparison.Ordinal)),
                string.Join(',', cell));
        }
    }

    [Fact]
    public void Directive_WhatIsNotKnown_IsTakenForTheWorst()
    {
        bool?[] maybe = [null, false, true];
        foreach (var kev in new[] { false, true })
        {
            foreach (var (exposed, automatable, total) in maybe.SelectMany(e => maybe.SelectMany(a => maybe.Select(t => (e, a, t)))))
            {
                var facts = Known(kev, exposed, automatable, total);
                var possible = Either(exposed)
                    .SelectMany(e => Either(automatable).SelectMany(a => Either(total).Select(t => Directive.Decide(Known(kev, e, a, t))!)))
                    .ToList();
                var decision = Directive.Decide(facts)!;
                (decision.Due ?? DateTimeOffset.MaxValue).ShouldBe(possible.Min(one => one.Due ?? DateTimeOffset.MaxValue));
                decision.ForensicTriage.ShouldBe(possible.Exists(one => one.ForensicTriage));
            }
        }
    }

    [Theory]
    [InlineData(nameof(SeverityBand.Critical), false, 2)]
    [InlineData(nameof(SeverityBand.Low), true, 2)]
    [InlineData(nameof(SeverityBand.High), false, 14)]
    [InlineData(nameof(SeverityBand.Unknown), false, 14)]
    public void EssentialEight_CriticalOrExploited_IsTwoDaysAndElseTwoWeeks(string severity, bool kev, int days) =>
        Decide("essential-eight", Facts with { Severity = Enum.Parse<SeverityBand>(severity), Kev = kev }).Due.ShouldBe(
            Published.AddDays(days));

    [Theory]
    [InlineData(nameof(SeverityBand.Critical), "2026-04-30T10:30:00Z")]
    [InlineData(nameof(SeverityBand.High), "2026-06-30T10:30:00Z")]
    public void PaymentCards_Critical_IsOneCalendarMonth(string severity, string due) =>
        Decide("pci-dss-6-3-3", Facts with { Severity = Enum.Parse<SeverityBand>(severity) }).Due
            .ShouldBe(DateTimeOffset.Parse(due, System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void Presets_All_NameTheirSource() => PolicyFile.LoadPresets().ShouldAllBe(policy => policy.Source.Length > 50);

    private static DeadlineDecision Decide(string preset, RemediationFacts facts) =>
        PolicyFile.LoadPresets().Single(policy => policy.Id == preset).Decide(facts).ShouldNotBeNull();

    private static RemediationFacts Known(bool kev, bool? exposed, bool? automatable, bool? total) => Facts with
    {
        Kev = kev,
        KevListed = kev ? Listed : null,
        InternetExposed = exposed,
        Automatable = automatable,
        TechnicalImpact = total is null ? null : total.Value ? TechnicalImpact.Total : TechnicalImpact.Partial,
    };

    private static bool[] Either(bool? known) => known is { } only ? [only] : [false, true];
}
