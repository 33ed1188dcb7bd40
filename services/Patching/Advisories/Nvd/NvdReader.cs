using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Governance.BuildingBlocks.Documents;
using Governance.Patching.Documents;

namespace Governance.Patching.Advisories.Nvd;

/// <summary>Reads answers of NVD's CVE API 2.0 (https://nvd.nist.gov/developers/vulnerabilities) and its feeds of the same form.</summary>
internal static class NvdReader
{
    private const string Records = "vulnerabilities";

    /// <summary>Every vulnerability in the document's order, each an advisory or the reasons why it was refused.</summary>
    /// <exception cref="InvalidDataException">The document is none of NVD's, or of another version.</exception>
    public static async IAsyncEnumerable<NvdResult> ReadAsync(Stream document, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var envelope = new RecordEnvelope(document, Records);
        var isChecked = false;
        await foreach (var raw in envelope.ReadAsync(cancel))
        {
            if (!isChecked) Check(envelope);
            isChecked = true;
            yield return Read(raw);
        }

        if (!isChecked) Check(envelope);
        if (!envelope.HasArray) throw new InvalidDataException($"{Records}: Required, an array.");
    }

    /// <summary>Before anything is taken: the fields stand before the array in all that NVD writes.</summary>
    private static void Check(RecordEnvelope envelope)
    {
        Demand(envelope, "format", "NVD_CVE");
        Demand(envelope, "version", "2.0");
        foreach (var name in new[] { "resultsPerPage", "startIndex", "totalResults" })
        {
            if (!envelope.Fields.TryGetValue(name, out var count)
                || count.ValueKind != JsonValueKind.Number
                || !count.TryGetInt32(out var value)
                || value < 0)
            {
                throw new InvalidDataException($"{name}: Expected a whole number, zero or more, before '{Records}'.");
            }
        }
    }

    private static void Demand(RecordEnvelope envelope, string name, string wanted)
    {
        if (!envelope.Fields.TryGetValue(name, out var value))
        {
            throw new InvalidDataException($"{name}: Required before '{Records}', \"{wanted}\".");
        }
        if (value.ValueKind != JsonValueKind.String || value.GetString() != wanted)
        {
            throw new InvalidDataException(
                $"{name}: Expected \"{wanted}\", found {value.GetRawText()[..Math.Min(60, value.GetRawText().Length)]}.");
        }
    }

    private static NvdResult Read(RawRecord raw)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"{Records}[{raw.Index}]");
        using var json = RecordStream.Parse(raw, out var broken);
        if (json is null) return new NvdResult(null, new RejectedRecord(place, null, [new FieldFault("", broken!)]));
        var faults = new List<FieldFault>();
        var advisory = NvdDocument.Read(json.RootElement, faults, out var id);
        return advisory is not null
            ? new NvdResult(advisory, null)
            : new NvdResult(null, new RejectedRecord(place, id.Length == 0 ? null : id, faults));
    }
}

/// <summary>One vulnerability: exactly one of <paramref name="Advisory"/> and <paramref name="Rejected"/>.</summary>
internal sealed record NvdResult(AdvisoryRecord? Advisory, RejectedRecord? Rejected);
