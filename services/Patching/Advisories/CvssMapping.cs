using Governance.Patching.Advisories.Cvss;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Advisories;

/// <summary>Vectors and their scores as messages.</summary>
internal static class CvssMapping
{
    /// <summary>Each vector once; one that sources publish with different scores, once for each of these.</summary>
    public static IEnumerable<Proto.CvssScore> ToProto(IEnumerable<SeverityVector> vectors) => vectors
        .GroupBy(vector => vector.Score, StringComparer.Ordinal)
        .SelectMany(same => same.Any(vector => vector.PublishedScore is not null)
            ? same.Where(vector => vector.PublishedScore is not null).DistinctBy(vector => vector.PublishedScore)
            : same.Take(1))
        .Select(ToProto);

    private static Proto.CvssScore ToProto(SeverityVector vector)
    {
        var message = new Proto.CvssScore { Vector = vector.Score, Version = VersionOf(vector) };
        if (vector.PublishedScore is { } published) message.PublishedScore = (double)published;
        if (!CvssScores.TryOf(vector.Score, out var scores)) return message;
        message.BaseScore = (double)scores.Base;
        message.Nomenclature = scores.Nomenclature ?? "";
        if (vector.PublishedScore is { } other) message.PublishedDiffers = other != scores.Base;
        if (scores.Temporal is { } temporal) message.TemporalScore = (double)temporal;
        if (scores.Environmental is { } environmental) message.EnvironmentalScore = (double)environmental;
        return message;
    }

    private static string VersionOf(SeverityVector vector)
    {
        if (vector.Score.StartsWith("CVSS:", StringComparison.Ordinal)) return vector.Score[5..].Split('/')[0];
        return vector.Type == "CVSS_V2" ? "2.0" : "";
    }
}
