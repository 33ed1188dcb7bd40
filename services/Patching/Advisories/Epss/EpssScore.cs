using Governance.Patching.Documents;
using NodaTime;

namespace Governance.Patching.Advisories.Epss;

/// <summary>How likely it is that a vulnerability is exploited within 30 days, as FIRST's model estimates it.</summary>
/// <param name="CveId">In upper case.</param>
/// <param name="Probability">0 to 1.</param>
/// <param name="Percentile">The share of all scored vulnerabilities that are at most as likely, 0 to 1.</param>
/// <param name="Day">The day that it was computed for.</param>
/// <param name="ModelVersion">As <c>v2025.03.14</c>; empty where the document does not say. Scores of different models do not
/// compare.</param>
internal sealed record EpssScore(string CveId, decimal Probability, decimal Percentile, LocalDate Day, string ModelVersion);

/// <summary>One row of a document: exactly one of <paramref name="Score"/> and <paramref name="Rejected"/>.</summary>
internal sealed record EpssResult(EpssScore? Score, RejectedRecord? Rejected);
