using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Writing;
using Governance.Patching.Advisories;
using Governance.Patching.Advisories.Epss;
using Governance.Patching.Deadlines;
using Governance.Patching.Neighbours;
using Governance.Patching.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using ClosedBy = Governance.Patching.V1.Remediation.Types.ClosedBy;
using State = Governance.Patching.V1.Remediation.Types.State;

namespace Governance.Patching.Remediations;

/// <summary>Opens, updates and closes the remediations of one write.</summary>
internal sealed partial class Assessment
{
    private readonly WriteUnit<PatchingDb> _unit;
    private readonly HashSet<string> _unstamped = [];

    private Assessment(WriteUnit<PatchingDb> unit, PolicyInForce policy) => (_unit, Policy) = (unit, policy);

    /// <summary>What decides.</summary>
    public PolicyInForce Policy { get; }

    private IEnumerable<decimal> Thresholds => Policy.Terms.EpssThresholds;

    /// <summary>How many were opened, or opened again.</summary>
    public int Opened { get; private set; }

    /// <summary>How many were reached or withdrawn.</summary>
    public int Closed { get; private set; }

    public static async Task<Assessment> OpenAsync(WriteUnit<PatchingDb> unit, CancellationToken ct) =>
        new(unit, await PolicyInForce.LoadAsync(unit.Db, ct));

    /// <summary>The scores of the advisories; empty where no rule of the policy asks for them.</summary>
    public Task<EpssLookup> ScoresAsync(IEnumerable<Advisory> advisories, CancellationToken ct) =>
        Thresholds.Any() ? EpssLookup.LoadAsync(_unit.Db, advisories, ct) : Task.FromResult(EpssLookup.Empty);

    /// <summary>Whether a rule holds now that did not, or the other way round.</summary>
    public bool IsCrossedBy(EpssChange change) =>
        Thresholds.Any(least => (change.Before >= least) != (change.Now.Probability >= least));

    /// <summary>Brings one remediation in step with what is known now.</summary>
    /// <param name="advisory">The advisory.</param>
    /// <param name="component">The component.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="match">What is installed of what it affects; null: nothing.</param>
    /// <param name="known">The remediation, if there is one.</param>
    /// <param name="inventory">The inventory that was just read, as evidence; null when the advisory changed.</param>
    public void Assess(
        MatchableAdvisory advisory,
        ComponentFacts component,
        string environment,
        InventoryMatch? match,
        Remediation? known,
        string? inventory)
    {
        if (known is not null) Wake(known, advisory.Facts, component);
        if (match is null || advisory.IsWithdrawn)
        {
            if (known is { IsPending: true }) Close(known, advisory, inventory);
            return;
        }

        if (known is null) known = Open(advisory, component.Name, environment, match);
        else if (!known.IsPending && !TryReopen(known, match, inventory)) return;
        known.Find(match, _unit.Now);
        Decide(known, advisory.Facts, component);
    }

    /// <summary>Looks at a deadline anew, because the component or the policy changed.</summary>
    public void Assess(Remediation remediation, AdvisoryFacts advisory, ComponentFacts component)
    {
        Wake(remediation, advisory, component);
        Decide(remediation, advisory, component);
    }

    /// <summary>An exception is over: the clock goes on or starts anew, as the policy says.</summary>
    /// <param name="remediation">One that is excepted.</param>
    /// <param name="facts">What deadlines ask about it; null: it follows from no advisory, and its due date stays.</param>
    /// <param name="at">When the exception was over.</param>
    /// <param name="reason">Why.</param>
    public void EndException(Remediation remediation, AssessedFact? facts, Instant at, string reason)
    {
        if (facts is not null && Policy.Terms.ExceptionClock == ExceptionClock.Restarts)
        {
            remediation.RestartClock(facts.Advisory, facts.Component, Policy, at, reason, _unit.Now);
        }
        remediation.EndException(at, reason, _unit.Now);
    }

    /// <summary>Remembers that the policy has nothing more to say about it. A change that shows nothing raises no version.</summary>
    public void Stamp(Remediation remediation)
    {
        if (remediation.AssessedBy != Policy.Stamp) _unstamped.Add(remediation.Id);
    }

    /// <summary>Once, when all is assessed: keeps which policy said the last word about those that did not change.</summary>
    public async Task StampAsync(CancellationToken ct)
    {
        foreach (var ids in _unstamped.Chunk(500))
        {
            await _unit.Db.Remediations.Where(one => ids.Contains(one.Id))
                .ExecuteUpdateAsync(set => set.SetProperty(one => one.AssessedBy, Policy.Stamp), ct);
        }
    }

    private void Decide(Remediation remediation, AdvisoryFacts advisory, ComponentFacts component)
    {
        remediation.Assess(advisory, component, Policy, _unit.Now);
        Stamp(remediation);
    }

    /// <summary>What happens to an excepted remediation after its exception ended happens to an open one, whoever notices first.</summary>
    private void Wake(Remediation remediation, AdvisoryFacts advisory, ComponentFacts component)
    {
        if (remediation.HasLapsedAt(_unit.Now))
        {
            EndException(remediation, new AssessedFact(
                advisory, component), remediation.Body.ExceptedUntil.ToInstant(), $"{remediation.Body.Exception} expired.");
        }
    }

    private Remediation Open(MatchableAdvisory advisory, string component, string environment, InventoryMatch match)
    {
        var opened = Remediation.Open(advisory.Facts, component, environment, match, _unit.Now);
        _unit.Db.Remediations.Add(opened);
        Opened++;
        return opened;
    }

    private void Close(Remediation remediation, MatchableAdvisory advisory, string? inventory)
    {
        if (advisory.IsWithdrawn) remediation.Withdraw($"advisories/{advisory.Facts.Id} was withdrawn by its source.", _unit.Now);
        else if (inventory is not null) remediation.Remediate(ClosedBy.Inventory, $"{inventory} has no affected version.", _unit.Now);
        else remediation.Withdraw($"advisories/{advisory.Facts.Id} no longer affects what is installed.", _unit.Now);
        Closed++;
    }

    /// <summary>
    /// What a rollout, an isolated patch or an assessment closed stays closed for the versions that it was about: an
    /// inventory may be older than the work, and a patch changes no version. That they are still installed is shown.
    /// </summary>
    private bool TryReopen(Remediation remediation, InventoryMatch match, string? inventory)
    {
        var news = remediation.NewIn(match);
        var isDecided = remediation.Body.ClosedBy is ClosedBy.Rollout or ClosedBy.IsolatedPatch or ClosedBy.Assessment;
        if (isDecided && news.Count == 0)
        {
            if (inventory is not null && remediation.Status == State.Remediated) remediation.StillShow(inventory, _unit.Now);
            return false;
        }

        remediation.Reopen(isDecided
            ? $"Affected, and new since it was closed: {string.Join(", ", news.Select(item => $"{item.Package}@{item.Version}"))}."
            : remediation.LifecycleName.Length > 0 ? $"{remediation.LifecycleName} is installed, and its end is near or past."
            : $"{inventory ?? remediation.Body.Advisory} shows an affected version.", _unit.Now);
        Opened++;
        return true;
    }
}
