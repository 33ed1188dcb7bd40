namespace Governance.Patching.Advisories;

/// <summary>How bad, in the bands of CVSS 3 and 4.</summary>
internal enum SeverityBand
{
    Unknown,
    None,
    Low,
    Medium,
    High,
    Critical,
}

/// <summary>Where a band comes from.</summary>
internal enum SeveritySource
{
    /// <summary>The source gives neither a band nor a vector that we can score.</summary>
    None,

    /// <summary>The source names the band.</summary>
    Publisher,

    /// <summary>Computed from a CVSS vector.</summary>
    Cvss,
}

/// <param name="Type">CVSS_V2, CVSS_V3, CVSS_V4 or another that the source uses.</param>
/// <param name="Score">The vector, or the text that the source gives instead.</param>
/// <param name="PublishedScore">The score that the source publishes beside the vector, 0.0 to 10.0; null where it gives none.</param>
internal sealed record SeverityVector(string Type, string Score, decimal? PublishedScore = null);

/// <param name="Band">The band that policies see.</param>
/// <param name="Source">Where the band comes from.</param>
/// <param name="BaseScore">Our own worst base score of the vectors, 0.0 to 10.0; null where no vector can be scored.</param>
/// <param name="Vectors">All vectors, as published.</param>
internal sealed record SeverityAssessment(
    SeverityBand Band,
    SeveritySource Source,
    decimal? BaseScore,
    IReadOnlyList<SeverityVector> Vectors)
{
    /// <summary>The band of the worst base score of any version, or the publisher's own word where no vector can be scored.</summary>
    public static SeverityAssessment Assess(string? published, IReadOnlyList<SeverityVector> vectors)
    {
        decimal? worst = null;
        foreach (var vector in vectors)
        {
            if (Cvss.CvssScores.TryOf(vector.Score, out var own) && !(own.Base <= worst))
            {
                worst = own.Base;
            }
        }

        if (worst is { } score)
        {
            return new SeverityAssessment(BandOf(score), SeveritySource.Cvss, score, vectors);
        }
        return Named(published) is { } band
            ? new SeverityAssessment(band, SeveritySource.Publisher, null, vectors)
            : new SeverityAssessment(SeverityBand.Unknown, SeveritySource.None, null, vectors);
    }

    /// <summary>The qualitative scale of CVSS 3.0, 3.1 (§5) and 4.0 (§6), which is the same.</summary>
    public static SeverityBand BandOf(decimal score) => score switch
    {
        >= 9.0m => SeverityBand.Critical,
        >= 7.0m => SeverityBand.High,
        >= 4.0m => SeverityBand.Medium,
        > 0.0m => SeverityBand.Low,
        _ => SeverityBand.None,
    };

    private static SeverityBand? Named(string? published) => published?.Trim().ToUpperInvariant() switch
    {
        "CRITICAL" => SeverityBand.Critical,
        "HIGH" or "IMPORTANT" => SeverityBand.High,
        "MEDIUM" or "MODERATE" => SeverityBand.Medium,
        "LOW" => SeverityBand.Low,
        "NONE" => SeverityBand.None,
        _ => null,
    };
}
