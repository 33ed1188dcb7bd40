using Governance.Patching.Documents;

namespace Governance.Patching.Advisories.Nvd;

/// <summary>
/// Reads which products NVD's configurations call vulnerable. They are shown and not matched: CPE names products, not packages,
/// and whether two of them are one thing has no answer that could be computed.
/// </summary>
internal static class NvdConfigurations
{
    private const int Most = 500;
    private const string Prefix = "cpe:2.3:";

    public static List<CpeCriteria> Read(JsonFields cve)
    {
        var criteria = new List<CpeCriteria>();
        foreach (var (configuration, place) in cve.Items("configurations"))
        {
            var nodes = cve.Object(configuration, place);
            foreach (var (node, path) in nodes.Items("nodes"))
            {
                var matches = nodes.Object(node, path);
                foreach (var (match, own) in matches.Items("cpeMatch")) Read(matches.Object(match, own), criteria);
            }
        }

        return [.. criteria.Distinct().Take(Most)];
    }

    /// <summary>What is not vulnerable itself only says where something else runs.</summary>
    private static void Read(JsonFields match, List<CpeCriteria> criteria)
    {
        var name = match.RequiredText("criteria");
        if (name.Length > 0 && !name.StartsWith(Prefix, StringComparison.Ordinal))
        {
            match.Fault("criteria", $"Expected a CPE 2.3 name, {Prefix}….");
        }
        var one = new CpeCriteria(
            name,
            match.OptionalText("versionStartIncluding"),
            match.OptionalText("versionStartExcluding"),
            match.OptionalText("versionEndIncluding"),
            match.OptionalText("versionEndExcluding"));
        if (match.OptionalBoolean("vulnerable") != false) criteria.Add(one);
    }
}
