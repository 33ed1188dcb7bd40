using System.Globalization;
using Governance.Patching.Advisories;
using Governance.Patching.Advisories.Epss;
using Governance.Patching.Deadlines;
using Governance.Patching.Neighbours;

namespace Governance.Patching.Remediations;

/// <summary>What deadlines ask of an advisory.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Band">How bad.</param>
/// <param name="IsKev">Whether it is known exploited.</param>
/// <param name="KevListed">The day on which it was listed.</param>
/// <param name="Published">When it was published.</param>
/// <param name="Epss">The probability that it is exploited, 0 to 1; null: not known, or no rule asks for it.</param>
internal sealed record AdvisoryFacts(
    string Id, SeverityBand Band, bool IsKev, DateOnly? KevListed, DateTimeOffset? Published, decimal? Epss)
{
    /// <summary>Whether an attacker can automate the exploitation; null: not known.</summary>
    public bool? Automatable { get; init; }

    /// <summary>What the exploitation gives an attacker; null: not known.</summary>
    public TechnicalImpact? TechnicalImpact { get; init; }

    public static AdvisoryFacts Of(Advisory advisory, EpssLookup scores)
    {
        var body = advisory.Body;
        DateOnly? listed = body.Kev is null ? null : DateOnly.ParseExact(body.Kev.DateAdded, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new AdvisoryFacts(
            advisory.Id, advisory.Band, advisory.IsKev, listed, body.Published?.ToDateTimeOffset(), scores.Of(advisory)?.Probability)
        {
            Automatable = body.DecisionPoints is { HasAutomatable: true } points ? points.Automatable : null,
            TechnicalImpact = body.DecisionPoints?.TechnicalImpact.ToImpact(),
        };
    }

    /// <summary>What the policy may ask about one component's duty.</summary>
    public RemediationFacts For(ComponentFacts component, string environment, DateTimeOffset firstSeen) => new()
    {
        Severity = Band,
        Environment = environment,
        FirstSeen = firstSeen,
        Kev = IsKev,
        KevListed = KevListed,
        Published = Published,
        Epss = Epss,
        Automatable = Automatable,
        TechnicalImpact = TechnicalImpact,
        InternetExposed = component.InternetExposed,
        Tier = component.Tier,
    };
}
