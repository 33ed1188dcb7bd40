using System.Text.Json;
using Governance.Patching.Documents;

namespace Governance.Patching.Inventory;

/// <summary>Reads CycloneDX JSON, 1.2 to 1.7 (https://cyclonedx.org/specification/overview/): all of it or nothing.</summary>
internal static class CycloneDxReader
{
    private static readonly string[] SpecVersions = ["1.2", "1.3", "1.4", "1.5", "1.6", "1.7"];

    /// <summary>The document, or null with everything that is wrong with it.</summary>
    public static Task<(SoftwareBill? Bill, IReadOnlyList<FieldFault> Faults)> ReadAsync(
        Stream stream, CancellationToken cancel = default) =>
        WholeDocument.ReadJsonAsync(stream, SoftwareBill.LargestDocument, Read, cancel);

    private static SoftwareBill? Read(JsonElement root, List<FieldFault> faults)
    {
        var document = JsonFields.Of(root, "", faults);
        if (document.RequiredText("bomFormat") is var format and not ("CycloneDX" or ""))
        {
            document.Fault("bomFormat", $"Expected CycloneDX, found '{format}'.");
        }
        var version = document.RequiredText("specVersion");
        if (version.Length > 0 && !SpecVersions.Contains(version))
        {
            document.Fault("specVersion", $"Version {version} is not known here; {string.Join(", ", SpecVersions)} are.");
        }
        if (faults.Count > 0)
        {
            return null;
        }
        var metadata = document.OptionalObject("metadata");
        var packages = new CycloneDxPackages();
        packages.AddAll(document, "components");
        var subject = metadata?.OptionalObject("component") is { } component ? packages.ReadSubject(component) : null;
        return new SoftwareBill(
            "CYCLONEDX",
            version,
            document.OptionalText("serialNumber"),
            metadata?.OptionalInstant("timestamp"),
            subject,
            packages.Merged,
            packages.Ignored + document.Items("services").Count());
    }
}
