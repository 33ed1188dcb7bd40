namespace Governance.Patching.Advisories.Cvss;

/// <summary>What a vector scores, each 0.0 to 10.0 with one decimal.</summary>
/// <param name="Base">The base score; of 4.0 its one score, over threat and environmental metrics too.</param>
/// <param name="Temporal">Of 3.0 and 3.1, where the vector names a temporal metric.</param>
/// <param name="Environmental">Of 3.0 and 3.1, where the vector names an environmental metric.</param>
/// <param name="Nomenclature">Of 4.0: <c>CVSS-B</c>, <c>CVSS-BT</c>, <c>CVSS-BE</c> or <c>CVSS-BTE</c>.</param>
internal readonly record struct CvssScores(decimal Base, decimal? Temporal, decimal? Environmental, string? Nomenclature)
{
    public static CvssScores Of(CvssVector vector) => vector.Version == CvssVersion.V40 ? CvssV4.Score(vector) : CvssV3.Score(vector);

    /// <summary>False for what is no well-formed vector of 3.0, 3.1 or 4.0.</summary>
    public static bool TryOf(string text, out CvssScores scores)
    {
        scores = default;
        if (CvssVector.Read(text, out _) is not { } vector) return false;
        scores = Of(vector);
        return true;
    }
}

/// <summary>Versions as vectors write them.</summary>
internal static class CvssVersions
{
    public static string Number(this CvssVersion version) => version switch
    {
        CvssVersion.V30 => "3.0",
        CvssVersion.V31 => "3.1",
        CvssVersion.V40 => "4.0",
        _ => throw new InvalidOperationException($"No such version: {version}."),
    };
}
