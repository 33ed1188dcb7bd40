using Governance.Patching.Documents;

namespace Governance.Patching.Advisories.Csaf.Rules;

/// <summary>
/// The mandatory tests of CSAF 2.0, §6.1; each fault begins with its test's number. The document must have the right form.
/// </summary>
/// <remarks>Source: https://docs.oasis-open.org/csaf/csaf/v2.0/os/csaf-v2.0-os.html#61-mandatory-tests.</remarks>
internal static class CsafRules
{
    private static readonly Func<CsafNode, CsafTree, IEnumerable<FieldFault>>[] All =
    [
        ProductRules.Check, ReferenceRules.Check, StatusRules.Check, ScoreRules.Check, VulnerabilityRules.Check,
        LanguageRules.Check, HistoryRules.Check, CategoryRules.Check, ProfileRules.Check, VexRules.Check,
    ];

    public static List<FieldFault> Check(CsafNode document, CsafTree tree) => [.. All.SelectMany(rule => rule(document, tree))];
}
