using Governance.Common.V1;

namespace Governance.Patching.Advisories;

/// <summary>Bands as messages tell them.</summary>
internal static class SeverityMapping
{
    /// <summary>A score of 0.0 is shown as the lowest severity: the protos have none below, and unset means not known.</summary>
    public static Severity ToProto(this SeverityBand band) => band switch
    {
        SeverityBand.Critical => Severity.Critical,
        SeverityBand.High => Severity.High,
        SeverityBand.Medium => Severity.Medium,
        SeverityBand.Low or SeverityBand.None => Severity.Low,
        SeverityBand.Unknown => Severity.Unspecified,
        _ => throw new InvalidOperationException($"No such band: {band}."),
    };
}
