using Governance.Ownership.Responsibilities;
using NodaTime;
using Duties = Governance.Ownership.V1.Responsibility.Types.Duty;
using Proto = Governance.Ownership.V1;
using Reason = Governance.Ownership.V1.TrailEnd.Types.Reason;

namespace Governance.Ownership.Resolution;

/// <summary>Who has a duty for a component's area at an instant.</summary>
/// <param name="Component">`components/…`.</param>
/// <param name="Terms">Null: it does not exist then.</param>
/// <param name="Accountable">Null: nobody.</param>
/// <param name="Responsible">By assignment name.</param>
internal sealed record OwnerTrail(string Component, Proto.Component? Terms, Candidate? Accountable, IReadOnlyList<Candidate> Responsible)
{
    /// <summary>Who is to do it: the responsible parties, or, without any, the accountable one.</summary>
    public IReadOnlyList<Candidate> Doers => Responsible.Count > 0 ? Responsible : Accountable is null ? [] : [Accountable];

    /// <summary>The first that can.</summary>
    public Candidate? Answer => Doers.FirstOrDefault(one => one.CanAnswer);

    /// <summary>Why nobody can; of several parties' reasons the one that comes last on the way.</summary>
    public (Reason Reason, string Resource) End()
    {
        if (Terms is null) return (Reason.ComponentGone, Component);
        if (Doers.Count == 0) return (Reason.NoAssignment, Component);
        var last = Doers.MaxBy(one => one.Unavailable)!;
        return (last.Unavailable, last.Record.Name);
    }

    /// <summary>Reads who has a duty then.</summary>
    public static async Task<OwnerTrail> AtAsync(
        ResolutionReader reader,
        string name,
        Dated<Proto.Component> component,
        IReadOnlyList<Responsibility> duties,
        Instant at,
        CancellationToken ct)
    {
        if (component.At(at) is not { } terms) return new OwnerTrail(name, null, null, []);
        Candidate? accountable = null;
        var responsible = new List<Candidate>();
        foreach (var one in duties.Where(one => !(one.From > at) && !(one.Until <= at)))
        {
            var candidate = new Candidate(await reader.PartyAsync(one.Party, ct), name, one.Duty, one.Name, at);
            if (one.Duty == Duties.Responsible) responsible.Add(candidate);
            else accountable ??= candidate;
        }

        if (accountable is null && terms.Owner.Length > 0)
        {
            accountable = new Candidate(await reader.PartyAsync(terms.Owner, ct), name, Duties.Accountable, name, at);
        }
        return new OwnerTrail(name, terms, accountable, responsible);
    }
}
