using System.Text.Json;
using Governance.Patching.Documents;

namespace Governance.Patching.Inventory;

/// <summary>Reads SPDX JSON, 2.2 and 2.3 (https://spdx.github.io/spdx-spec/v2.3/): all of it or nothing.</summary>
internal static class SpdxReader
{
    private static readonly string[] SpecVersions = ["SPDX-2.2", "SPDX-2.3"];

    /// <summary>The document, or null with everything that is wrong with it.</summary>
    public static Task<(SoftwareBill? Bill, IReadOnlyList<FieldFault> Faults)> ReadAsync(
        Stream stream, CancellationToken cancel = default) =>
        WholeDocument.ReadJsonAsync(stream, SoftwareBill.LargestDocument, Read, cancel);

    private static SoftwareBill? Read(JsonElement root, List<FieldFault> faults)
    {
        var document = JsonFields.Of(root, "", faults);
        // GitHub's dependency graph answers with the document in a field.
        if (!document.Has("spdxVersion") && document.OptionalObject("sbom") is { } wrapped) document = wrapped;
        if (faults.Count > 0 || ReadVersion(document) is not { } version) return null;
        var packages = new SpdxPackages(Described(document));
        packages.AddAll(document);
        return new SoftwareBill(
            "SPDX",
            version,
            document.OptionalText("documentNamespace"),
            document.OptionalObject("creationInfo")?.OptionalInstant("created"),
            packages.Subject,
            packages.Merged,
            packages.Ignored + document.Items("files").Count());
    }

    /// <summary>Null, with a fault noted, unless it is one that is read here.</summary>
    private static string? ReadVersion(JsonFields document)
    {
        var known = string.Join(" and ", SpecVersions);
        if (!document.Has("spdxVersion") && (document.Has("@context") || document.Has("@graph")))
        {
            document.Fault("spdxVersion", $"Absent: this is JSON-LD, as of SPDX 3, which is not read here; {known} are.");
            return null;
        }

        var version = document.RequiredText("spdxVersion");
        if (SpecVersions.Contains(version)) return version["SPDX-".Length..];
        if (version.Length > 0) document.Fault("spdxVersion", $"'{version}' is not known here; {known} are.");
        return null;
    }

    /// <summary>What the document says that it is about, by any of the three ways in which it may.</summary>
    private static HashSet<string> Described(JsonFields document)
    {
        var own = document.OptionalText("SPDXID") ?? "SPDXRef-DOCUMENT";
        var described = document.Texts("documentDescribes").ToHashSet(StringComparer.Ordinal);
        foreach (var (item, path) in document.Items("relationships"))
        {
            var relationship = document.Object(item, path);
            var (from, type, to) = (relationship.OptionalText(
                "spdxElementId"), relationship.OptionalText("relationshipType"), relationship.OptionalText("relatedSpdxElement"));
            if (type == "DESCRIBES" && from == own && to is not null) described.Add(to);
            if (type == "DESCRIBED_BY" && to == own && from is not null) described.Add(from);
        }

        return described;
    }
}
