using Governance.BuildingBlocks.Names;
using Governance.Ownership.Persistence;
using NodaTime;
using Duties = Governance.Ownership.V1.Responsibility.Types.Duty;
using Kind = Governance.Ownership.V1.ReasonStep.Types.Kind;
using Proto = Governance.Ownership.V1;

namespace Governance.Ownership.Resolution;

/// <summary>What is asked.</summary>
/// <param name="Component">`components/…`.</param>
/// <param name="Area">The area's id.</param>
/// <param name="Severity">Unspecified: any.</param>
/// <param name="At">When.</param>
internal sealed record OwnerQuestion(string Component, string Area, Proto.ServiceSeverity Severity, Instant At);

/// <summary>Says who answers for a component at an instant, and why.</summary>
internal sealed class OwnerResolver(BusinessClock clock, PartyDirectory directory, DefaultParty defaultParty, TrailEnds ends)
{
    public Instant Now => clock.Now;

    /// <summary>A reader on a database, with what is held of it.</summary>
    public async Task<ResolutionReader> OpenAsync(OwnershipDb db, CancellationToken ct) =>
        new(db, directory.Under(await db.ReadStampAsync(ct)));

    /// <param name="reader">To look up in.</param>
    /// <param name="component">As the reader has it.</param>
    /// <param name="asked">The question.</param>
    /// <param name="mayReach">Of which parties the caller may see contacts and contracts.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Proto.ResolveOwnerResponse> ResolveAsync(
        ResolutionReader reader, Dated<Proto.Component> component, OwnerQuestion asked, Func<string, bool> mayReach, CancellationToken ct)
    {
        var duties = await reader.DutiesAsync(asked.Component, asked.Area, ct);
        var trail = await OwnerTrail.AtAsync(reader, asked.Component, component, duties, asked.At, ct);
        var answer = new Proto.ResolveOwnerResponse
        {
            Component = asked.Component,
            Area = $"areas/{asked.Area}",
            Severity = asked.Severity,
            At = asked.At.ToTimestamp(),
        };
        var reasons = new Reasons(answer.Reasons, mayReach);
        if (trail.Terms is { } terms) reasons.Add(Kind.Component, asked.Component, Describe(terms));
        foreach (var one in trail.Responsible) reasons.Add(one, asked.Component, asked.Severity);
        if (trail.Accountable is { } accountable) reasons.Add(accountable, asked.Component, asked.Severity);
        var written = new Dictionary<Candidate, Proto.ResolvedParty>();
        Proto.ResolvedParty Shown(Candidate one) =>
            written.TryGetValue(one, out var known) ? known : written[one] = one.ToProto(asked.Severity, mayReach(one.Record.Name));
        answer.Accountable = trail.Accountable is null ? null : Shown(trail.Accountable);
        answer.Responsible.Add(trail.Responsible.Select(Shown));
        if (trail.Answer is { } good) answer.Answer = Shown(good);
        else answer.TrailEnd = await EndAsync(reader, component, trail, asked, reasons, Shown, ct);
        await new EscalationPath(reader, trail, asked, mayReach).FillAsync(answer, reasons, ct);
        return answer;
    }

    private async Task<Proto.TrailEnd> EndAsync(
        ResolutionReader reader, Dated<Proto.Component> component, OwnerTrail trail, OwnerQuestion asked, Reasons reasons,
        Func<Candidate, Proto.ResolvedParty> shown, CancellationToken ct)
    {
        var (reason, resource) = trail.End();
        var end = new Proto.TrailEnd { Reason = reason, Resource = resource, Detail = Reasons.Words(reason, resource) };
        reasons.Add(Kind.End, resource, end.Detail);
        ends.Note(new NotedEnd(asked.Component, $"areas/{asked.Area}", asked.At, reason, resource));
        var next = await NextBestAsync(reader, component, trail, asked, ct);
        if (next is null) return end;
        reasons.Add(Kind.NextBest, next.Record.Name, $"Next best, from {next.Source}.");
        reasons.AddDuty(next);
        end.NextBest = shown(next);
        return end;
    }

    /// <summary>The first that can answer, else the first that exists.</summary>
    private async Task<Candidate?> NextBestAsync(
        ResolutionReader reader, Dated<Proto.Component> component, OwnerTrail trail, OwnerQuestion asked, CancellationToken ct)
    {
        var next = new List<Candidate>();
        if (trail.Responsible.Count > 0 && trail.Accountable is { } accountable) next.Add(accountable);
        var system = (trail.Terms ?? component.Aggregate.Terms).System;
        await AddAsync(await reader.SystemOwnerAsync(system, ct), system);
        if (!next.Exists(one => one.CanAnswer))
        {
            var last = defaultParty.Name.Length > 0 ? defaultParty.Name : await reader.LabelledDefaultAsync(ct);
            await AddAsync(last, last);
        }

        return next.Find(one => one.CanAnswer) ?? next.Find(one => one.State is not null);

        async Task AddAsync(string party, string source)
        {
            if (party.Length > 0)
            {
                next.Add(new Candidate(await reader.PartyAsync(party, ct), asked.Component, Duties.Unspecified, source, asked.At));
            }
        }
    }

    private static string Describe(Proto.Component terms) =>
        $"{terms.DisplayName}, "
            + $"{(terms.Tier > 0 ? $"tier {terms.Tier}" : "no tier")}{(terms.System.Length > 0 ? $", of {terms.System}" : "")}.";
}
