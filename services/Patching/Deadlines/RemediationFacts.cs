using Governance.Patching.Advisories;

namespace Governance.Patching.Deadlines;

/// <summary>What a policy may ask about a remediation. Unset means not known.</summary>
internal sealed record RemediationFacts
{
    public required SeverityBand Severity { get; init; }

    /// <summary>The environment's id, as <c>production</c>.</summary>
    public required string Environment { get; init; }

    /// <summary>When it was first seen here: the detection.</summary>
    public required DateTimeOffset FirstSeen { get; init; }

    /// <summary>Whether it is listed as known exploited.</summary>
    public bool Kev { get; init; }

    /// <summary>The day of the listing; its clock starts with the day, in UTC.</summary>
    public DateOnly? KevListed { get; init; }

    /// <summary>The advisory's publication.</summary>
    public DateTimeOffset? Published { get; init; }

    /// <summary>The release of the first version that fixes it.</summary>
    public DateTimeOffset? FixReleased { get; init; }

    /// <summary>When the end of an exception let the clock start anew; no clock starts earlier.</summary>
    public DateTimeOffset? ClockRestarted { get; init; }

    /// <summary>Probability of exploitation, 0 to 1.</summary>
    public decimal? Epss { get; init; }

    public bool? InternetExposed { get; init; }

    /// <summary>1, the most critical, to 4.</summary>
    public int? Tier { get; init; }

    public bool? Automatable { get; init; }

    public TechnicalImpact? TechnicalImpact { get; init; }
}
