using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Paging;
using Governance.Patching.Deadlines;
using Governance.Patching.Persistence;
using Governance.Patching.Remediations;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Policies;

/// <summary>What a policy would change for the open remediations: the same assessment as the real one, and nothing is kept.</summary>
internal sealed class PolicySimulation(PolicyInForce policy, Instant now, PageToken page)
{
    private const int BatchSize = 500;

    private readonly List<Proto.SimulatedChange> _changes = [];
    private readonly Proto.SimulatePolicyResponse _counts = new();

    /// <param name="db">The database.</param>
    /// <param name="sight">The components that the caller may see; null: all.</param>
    /// <param name="ct">Gives up.</param>
    public async Task RunAsync(PatchingDb db, string[]? sight, CancellationToken ct)
    {
        var open = db.Remediations.AsNoTracking().Where(one => one.IsOpen);
        if (sight is not null) open = open.Where(one => sight.Contains(one.Component));
        for (var last = ""; ;)
        {
            var from = last;
            var batch = await open.Where(one => string.Compare(one.Id, from) > 0).OrderBy(one => one.Id).Take(BatchSize).ToListAsync(ct);
            if (batch.Count == 0) return;
            last = batch[^1].Id;
            var facts = await AssessedFacts.LoadAsync(db, policy.Terms, batch, ct);
            foreach (var remediation in batch) Count(remediation, facts.Of(remediation));
        }
    }

    public Proto.SimulatePolicyResponse ToResponse()
    {
        var listed = _changes.Take(page.Size).ToList();
        var response = _counts.Clone();
        response.Changes.AddRange(listed);
        if (_changes.Count > page.Size) response.NextPageToken = page.After([listed[^1].Remediation]);
        return response;
    }

    private void Count(Remediation remediation, AssessedFact? facts)
    {
        _counts.Total++;
        var assessment =
            facts is null ? null : DueAssessment.Of(remediation.Body, remediation.AssessedBy, facts.Advisory, facts.Component, policy);
        if (assessment is not { IsTaken: true })
        {
            _counts.Unchanged++;
            return;
        }

        var (before, after) = (remediation.Body.Due?.ToInstant(), assessment.Due?.ToInstant());
        if (before == after) _counts.Unchanged++;
        else if (after is null) _counts.NoDeadline++;
        else if (before is null || after < before) _counts.Earlier++;
        else _counts.Later++;
        if (after < now && !(before < now)) _counts.NewlyOverdue++;
        if (before != after || remediation.Body.Rule != assessment.Rule) List(remediation, assessment);
    }

    /// <summary>Keeps one more than the page holds, to know whether another follows.</summary>
    private void List(Remediation remediation, DueAssessment assessment)
    {
        var isBefore = page.Position is { } position && string.CompareOrdinal(remediation.Name, position[0]) <= 0;
        if (isBefore || _changes.Count > page.Size) return;
        _changes.Add(new Proto.SimulatedChange
        {
            Remediation = remediation.Name,
            DueBefore = remediation.Body.Due,
            DueAfter = assessment.Due,
            RuleBefore = remediation.Body.Rule,
            RuleAfter = assessment.Rule,
            Reason = assessment.Reason,
        });
    }
}
