using Governance.Patching.Documents;

namespace Governance.Patching.Advisories.Csaf.Rules;

/// <summary>A document of no profile must not look like one of a profile: test 6.1.26.</summary>
internal static class CategoryRules
{
    public const string Incident = "csaf_security_incident_response";
    public const string Informational = "csaf_informational_advisory";
    public const string Advisory = "csaf_security_advisory";
    public const string Vex = "csaf_vex";

    private static readonly string[] Profiles = ["csaf_base", Incident, Informational, Advisory, Vex];

    private static readonly string[] Taken =
        [.. Profiles.Skip(1).SelectMany(profile => new[] { Bare(profile), Bare(profile["csaf_".Length..]) })];

    public static string Of(CsafNode document) => document.Field("document")!.Required("category");

    public static IEnumerable<FieldFault> Check(CsafNode document, CsafTree tree)
    {
        var category = Of(document);
        if (Profiles.Contains(category, StringComparer.Ordinal)) yield break;
        if (category.StartsWith("csaf_", StringComparison.OrdinalIgnoreCase) || Taken.Contains(Bare(category), StringComparer.Ordinal))
        {
            yield return document.Field("document")!.Field("category")!.Fault($"6.1.26: '{category}' looks like a profile and is none.");
        }
    }

    private static string Bare(string text) =>
        string.Concat(text.Where(c =>
            !char.IsWhiteSpace(c) && c is not ('-' or '_' or '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014'))).ToLowerInvariant();
}
