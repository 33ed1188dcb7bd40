namespace Governance.Patching.Advisories.Csaf.Schema;

/// <summary>Long names of metrics and of their values, beside their letters in vectors.</summary>
internal static class CvssNames
{
    private static readonly Metric[] Threat3 =
    [
        new("exploitCodeMaturity", "E", "UNPROVEN=U PROOF_OF_CONCEPT=P FUNCTIONAL=F HIGH=H NOT_DEFINED=X"),
        new("remediationLevel", "RL", "OFFICIAL_FIX=O TEMPORARY_FIX=T WORKAROUND=W UNAVAILABLE=U NOT_DEFINED=X"),
        new("reportConfidence", "RC", "UNKNOWN=U REASONABLE=R CONFIRMED=C NOT_DEFINED=X"),
    ];

    private static readonly Metric[] Base3 =
    [
        new("attackVector", "AV", "NETWORK=N ADJACENT_NETWORK=A LOCAL=L PHYSICAL=P"),
        new("attackComplexity", "AC", "HIGH=H LOW=L"),
        new("privilegesRequired", "PR", "HIGH=H LOW=L NONE=N"),
        new("userInteraction", "UI", "NONE=N REQUIRED=R"),
        new("scope", "S", "UNCHANGED=U CHANGED=C"),
        new("confidentialityImpact", "C", "NONE=N LOW=L HIGH=H"),
        new("integrityImpact", "I", "NONE=N LOW=L HIGH=H"),
        new("availabilityImpact", "A", "NONE=N LOW=L HIGH=H"),
    ];

    /// <summary>Of 2.0.</summary>
    public static IReadOnlyList<Metric> Two { get; } =
    [
        new("accessVector", "AV", "NETWORK=N ADJACENT_NETWORK=A LOCAL=L"),
        new("accessComplexity", "AC", "HIGH=H MEDIUM=M LOW=L"),
        new("authentication", "Au", "MULTIPLE=M SINGLE=S NONE=N"),
        new("confidentialityImpact", "C", "NONE=N PARTIAL=P COMPLETE=C"),
        new("integrityImpact", "I", "NONE=N PARTIAL=P COMPLETE=C"),
        new("availabilityImpact", "A", "NONE=N PARTIAL=P COMPLETE=C"),
        new("exploitability", "E", "UNPROVEN=U PROOF_OF_CONCEPT=POC FUNCTIONAL=F HIGH=H NOT_DEFINED=ND"),
        new("remediationLevel", "RL", "OFFICIAL_FIX=OF TEMPORARY_FIX=TF WORKAROUND=W UNAVAILABLE=U NOT_DEFINED=ND"),
        new("reportConfidence", "RC", "UNCONFIRMED=UC UNCORROBORATED=UR CONFIRMED=C NOT_DEFINED=ND"),
        new("collateralDamagePotential", "CDP", "NONE=N LOW=L LOW_MEDIUM=LM MEDIUM_HIGH=MH HIGH=H NOT_DEFINED=ND"),
        new("targetDistribution", "TD", "NONE=N LOW=L MEDIUM=M HIGH=H NOT_DEFINED=ND"),
        .. Requirements("ND"),
    ];

    /// <summary>Of 3.0 and 3.1.</summary>
    public static IReadOnlyList<Metric> Three { get; } =
    [
        .. Base3,
        .. Threat3,
        .. Requirements("X"),
        .. Base3.Select(metric => metric.Modified()),
    ];

    private static Metric[] Requirements(string unset) =>
    [
        new("confidentialityRequirement", "CR", $"LOW=L MEDIUM=M HIGH=H NOT_DEFINED={unset}"),
        new("integrityRequirement", "IR", $"LOW=L MEDIUM=M HIGH=H NOT_DEFINED={unset}"),
        new("availabilityRequirement", "AR", $"LOW=L MEDIUM=M HIGH=H NOT_DEFINED={unset}"),
    ];

    /// <param name="Property">The property that tells the metric by name.</param>
    /// <param name="Letters">The metric in the vector.</param>
    /// <param name="Values">Names of values with what the vector has for them.</param>
    internal sealed record Metric(string Property, string Letters, IReadOnlyList<(string Name, string Letters)> Values)
    {
        public Metric(string property, string letters, string values)
            : this(property, letters, [.. values.Split(' ').Select(pair => pair.Split('=')).Select(pair => (pair[0], pair[1]))])
        {
        }

        /// <summary>The environmental metric that stands in for this one.</summary>
        public Metric Modified() => new(
            $"modified{char.ToUpperInvariant(Property[0])}{Property[1..]}", $"M{Letters}", [.. Values, ("NOT_DEFINED", "X")]);
    }
}
