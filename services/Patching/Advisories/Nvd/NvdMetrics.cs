using Governance.Patching.Documents;

namespace Governance.Patching.Advisories.Nvd;

/// <summary>Reads the vectors of a vulnerability, NVD's own and those of others, each with the score published beside it.</summary>
internal static class NvdMetrics
{
    private static readonly (string Field, string Type)[] Versions =
    [
        ("cvssMetricV40", "CVSS_V4"), ("cvssMetricV31", "CVSS_V3"), ("cvssMetricV30", "CVSS_V3"), ("cvssMetricV2", "CVSS_V2"),
    ];

    public static List<SeverityVector> Read(JsonFields cve)
    {
        var vectors = new List<SeverityVector>();
        if (cve.OptionalObject("metrics") is not { } metrics) return vectors;
        foreach (var (field, type) in Versions)
        {
            foreach (var (item, path) in metrics.Items(field))
            {
                var metric = metrics.Object(item, path);
                if (metric.OptionalObject("cvssData") is { } data) vectors.Add(Read(data, type));
                else metric.Fault("cvssData", "Required.");
            }
        }

        return [.. vectors.Distinct()];
    }

    private static SeverityVector Read(JsonFields data, string type)
    {
        var score = data.OptionalNumber("baseScore");
        if (score is < 0 or > 10) data.Fault("baseScore", "Must be 0.0 to 10.0.");
        return new SeverityVector(type, data.RequiredText("vectorString"), score);
    }
}
