using Governance.Ownership.Insights.Gaps;
using Governance.Ownership.Insights.Gaps.Rules;
using Governance.Ownership.V1;
using NodaTime;
using Shouldly;
using Xunit;
using Kind = Governance.Ownership.V1.OwnershipGap.Types.Kind;
using PartyKind = Governance.Ownership.V1.Party.Types.Kind;

namespace Governance.Ownership.Tests.Gaps;

/// <summary>What is missing of a party and its contracts, by the days of the contracts in their own zone.</summary>
public sealed class PartyRulesTests
{
    private static readonly Instant Start = Instant.FromUtc(2025, 1, 1, 0, 0);
    private static readonly Instant Now = Instant.FromUtc(2026, 6, 1, 0, 0);
    private static readonly Contract Terms = new()
    {
        Party = "parties/vendor",
        InternalOwner = "parties/ours",
        TimeZone = "Europe/Berlin",
        StartDate = "2025-03-01",
        EndDate = "2026-02-28",
        NoticeDate = "2025-11-30",
        ServiceLevels = { new ServiceLevel { Severity = ServiceSeverity.S1 } },
    };

    [Fact]
    public void Evaluate_NoticeMissedAndTermOver_OpensAndClosesAtLocalMidnight() => Found(Terms).ShouldBe(
    [
        (Kind.ContractPastNotice, Berlin(2025, 12, 1), Berlin(2026, 3, 1)),
        (Kind.ContractExpired, Berlin(2026, 3, 1), null),
        (Kind.VendorWithoutInternalOwner, Berlin(2026, 3, 1), null),
    ]);

    [Fact]
    public void Evaluate_AutomaticRenewal_NeverExpiresAndCanBeGivenNoticeEachTerm()
    {
        var terms = Terms.Clone();
        terms.Renewal = Contract.Types.Renewal.Automatic;

        Found(terms, Instant.FromUtc(2027, 1, 1, 0, 0)).ShouldBe(
            [(Kind.ContractPastNotice, Berlin(2025, 12, 1), Berlin(2026, 3, 1)), (Kind.ContractPastNotice, Berlin(2026, 12, 1), null)]);
    }

    [Fact]
    public void Evaluate_NoticeGiven_IsNoGapUntilItEnds()
    {
        var terms = Terms.Clone();
        terms.NoticeGivenDate = "2025-11-01";

        Found(terms).Select(one => one.Kind).ShouldBe([Kind.ContractExpired, Kind.VendorWithoutInternalOwner]);
    }

    [Fact]
    public void Evaluate_SuccessorInForce_TakesTheExpiredOnesPlace()
    {
        var next = Terms.Clone();
        (next.StartDate, next.EndDate, next.NoticeDate) = ("2026-03-15", "", "");

        Found(Facts(Terms, next), Now).ShouldBe(
        [
            (Kind.ContractPastNotice, Berlin(2025, 12, 1), Berlin(2026, 3, 1)),
            (Kind.ContractExpired, Berlin(2026, 3, 1), Berlin(2026, 3, 15)),
            (Kind.VendorWithoutInternalOwner, Berlin(2026, 3, 1), Berlin(2026, 3, 15)),
        ]);
    }

    [Fact]
    public void Evaluate_ObligationOpenAfterItsDay_IsOverdueFromTheNextOn()
    {
        var terms = new Contract
        {
            Party = "parties/vendor",
            InternalOwner = "parties/ours",
            StartDate = "2025-03-01",
            Obligations = { new Obligation
            {
                Id = "pentest",
                DueDate = "2026-01-31",
            }, new Obligation { Id = "docs", DueDate = "2026-01-31", Status = Obligation.Types.Status.Done } },
        };

        Found(terms).ShouldBe([(Kind.ContractWithoutServiceLevels, Instant.FromUtc(
            2025, 3, 1, 0, 0), null), (Kind.ObligationOverdue, Instant.FromUtc(2026, 2, 1, 0, 0), null)]);
    }

    [Fact]
    public void Evaluate_PartyWithDutiesAndNoContact_IsAGapWhileItHasThem()
    {
        var (from, until) = (Start + Duration.FromDays(5), Start + Duration.FromDays(9));
        var mute = new PartyFact("parties/mute", new Timeline<PartyState>([(Start, new PartyState(PartyKind.Team, [], ""))]));

        Found(new PartyCase(mute, [new Span(from, until)], []), Now).ShouldBe([(Kind.OwnerWithoutContact, from, until)]);
    }

    [Fact]
    public void Evaluate_NextChange_IsTheFirstDayThatComes()
    {
        var at = Berlin(2025, 6, 1);

        PartyRules.Evaluate(Facts(at, Terms), at).Next.ShouldBe(Berlin(2025, 12, 1));
    }

    [Fact]
    public void Without_Holes_LeavesWhatIsBetween()
    {
        Instant Day(int day) => Start + Duration.FromDays(day);

        Spans.Without(new Span(Day(0), null), [new Span(Day(2), Day(3)), new Span(Day(5), null)])
            .ShouldBe([new Span(Day(0), Day(2)), new Span(Day(3), Day(5))]);
        Spans.Without(new Span(Day(0), null), [new Span(null, null)]).ShouldBeEmpty();
    }

    private static PartyCase Facts(params Contract[] terms) => Facts(Now, terms);

    private static PartyCase Facts(Instant now, params Contract[] terms)
    {
        var party = new PartyFact("parties/vendor", new Timeline<PartyState>([(Start, new PartyState(PartyKind.Vendor, [""], ""))]))
        {
            Contracts =
            [
                .. terms.Select((one, place) => new ContractFact(
                    $"contracts/c{place}", Timeline<ContractState>.Always(ContractReader.StateOf(one, Start, new Interval(Start, now))))),
            ],
        };
        var since = Instant.FromUtc(2025, 3, 1, 0, 0);
        return new PartyCase(party, [new Span(since, null)], [new Span(since, null)]);
    }

    private static List<(Kind Kind, Instant Since, Instant? Until)> Found(Contract terms, Instant? now = null) =>
        Found(Facts(now ?? Now, terms), now ?? Now);

    private static List<(Kind Kind, Instant Since, Instant? Until)> Found(PartyCase facts, Instant now) =>
        [.. PartyRules.Evaluate(facts, now).Conditions
            .Select(one => (one.Finding.Kind, one.Since, one.Until))
            .OrderBy(one => one.Since)
            .ThenBy(one => one.Kind.ToString(), StringComparer.Ordinal)];

    private static Instant Berlin(int year, int month, int day) =>
        DateTimeZoneProviders.Tzdb["Europe/Berlin"].AtStartOfDay(new LocalDate(year, month, day)).ToInstant();
}
