using Governance.BuildingBlocks.Names;
using Governance.Ownership.Escalation;
using Governance.Ownership.Schedules;
using NodaTime;
using Duties = Governance.Ownership.V1.Responsibility.Types.Duty;
using Kind = Governance.Ownership.V1.ReasonStep.Types.Kind;
using Proto = Governance.Ownership.V1;
using Target = Governance.Ownership.V1.EscalationPolicy.Types.Target;

namespace Governance.Ownership.Resolution;

/// <summary>Whom an escalation reaches when: by the component's policy, else the accountable's, a responsible's, the default one.</summary>
internal sealed class EscalationPath(ResolutionReader reader, OwnerTrail trail, OwnerQuestion asked, Func<string, bool> mayReach)
{
    /// <summary>Writes the path into an answer.</summary>
    public async Task FillAsync(Proto.ResolveOwnerResponse answer, Reasons reasons, CancellationToken ct)
    {
        foreach (var (name, why) in Policies())
        {
            if (await reader.PolicyAsync(name, ct) is not { } policy || policy.At(asked.At) is not { } terms)
            {
                if (name != $"escalationPolicies/{EscalationPolicy.DefaultId}")
                {
                    reasons.Add(Kind.Escalation, name, $"Named by {why}, and does not exist then.");
                }
                continue;
            }

            answer.EscalationPolicy = name;
            var chain = terms.Chains.FirstOrDefault(one => one.Severities.Contains(asked.Severity))
                ?? terms.Chains.FirstOrDefault(one => one.Severities.Count == 0);
            reasons.Add(Kind.Escalation, name, $"The policy of {why}{(chain is null ? $"; it has no chain for {asked.Severity}" : "")}.");
            if (chain is not null) await RunAsync(chain, answer, ct);
            return;
        }
    }

    private IEnumerable<(string Name, string Why)> Policies()
    {
        if (trail.Terms is { EscalationPolicy: { Length: > 0 } own }) yield return (own, "the component");
        foreach (var one in new[] { trail.Accountable }.Concat(trail.Responsible))
        {
            if (one?.State?.Terms is { EscalationPolicy: { Length: > 0 } theirs }) yield return (theirs, one.Record.Name);
        }
        yield return ($"escalationPolicies/{EscalationPolicy.DefaultId}", "last resort");
    }

    private async Task RunAsync(Proto.EscalationPolicy.Types.Chain chain, Proto.ResolveOwnerResponse answer, CancellationToken ct)
    {
        var delays = chain.Levels.Select(level => level.Delay?.ToDuration() ?? Duration.Zero).ToList();
        foreach (var step in EscalationChain.Steps(delays, chain.Repeats, asked.At))
        {
            var reached = new Proto.EscalationEvent { Time = step.At.ToTimestamp(), Level = step.Level, Round = step.Round };
            foreach (var target in chain.Levels[step.Level - 1].Targets) await AddAsync(reached, target, step.At, ct);
            answer.Escalation.Add(reached);
        }
    }

    private async Task AddAsync(Proto.EscalationEvent reached, Target target, Instant when, CancellationToken ct)
    {
        switch (target.TargetCase)
        {
            case Target.TargetOneofCase.Party:
                reached.Recipients.Add(OfParty(await reader.PartyAsync(target.Party, ct), when, isWhole: true));
                break;
            case Target.TargetOneofCase.OnCall:
                reached.Recipients.Add(OfParty(await reader.PartyAsync(target.OnCall, ct), when, isWhole: false));
                break;
            case Target.TargetOneofCase.Person: reached.Recipients.Add(OfPerson(target.Person, when)); break;
            default:
                var parties = target.Duty == Duties.Responsible ? trail.Responsible.Select(one => one.Record) : trail.Accountable is { } one
                    ? [one.Record]
                    : [];
                foreach (var party in parties) reached.Recipients.Add(OfParty(party, when, isWhole: false));
                break;
        }
    }

    private Proto.EscalationRecipient OfParty(PartyRecord party, Instant when, bool isWhole)
    {
        var recipient = new Proto.EscalationRecipient { Party = party.Name };
        if (party.At(when) is not { } state) return recipient;
        var duty = isWhole ? null : state.Roster.At(when);
        (recipient.OnDuty, recipient.Person, recipient.LocalTime) = (duty?.IsOnDuty ?? true, duty?.User ?? "", state.Zone.Text(when));
        if (mayReach(party.Name)) recipient.Contacts.Add(Candidate.ContactsOf(state.Terms, recipient.Person));
        return recipient;
    }

    /// <summary>A person's contacts are those that a party of this answer has of them.</summary>
    private Proto.EscalationRecipient OfPerson(string person, Instant when)
    {
        var recipient = new Proto.EscalationRecipient { Person = person, OnDuty = true, LocalTime = DateTimeZone.Utc.Text(when) };
        foreach (var party in reader.Parties.Where(party => mayReach(party.Name)))
        {
            var own = party.At(when)?.Terms.Contacts.Where(one => one.User == person).ToList();
            if (own is not { Count: > 0 }) continue;
            recipient.Party = party.Name;
            recipient.Contacts.Add(own);
            break;
        }

        return recipient;
    }
}
