using System.Text;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Parties;
using Governance.Ownership.Schedules.Imports;
using Governance.Ownership.V1;
using NodaTime;

namespace Governance.Ownership.ScheduleImports;

/// <summary>Reads the document of an import.</summary>
internal static class ScheduleReader
{
    private const int MostBytes = 4 * 1024 * 1024;

    /// <exception cref="InvalidRequest">It is too large.</exception>
    public static async Task<byte[]> OctetsAsync(ImportUpload<ImportScheduleRequest> upload, CancellationToken ct)
    {
        using var whole = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; (read = await upload.ReadAsync(buffer, ct)) > 0;)
        {
            whole.Write(buffer, 0, read);
            if (whole.Length > MostBytes) throw FieldFaults.Single("document", $"Is larger than {MostBytes} bytes.", "TOO_LONG");
        }

        return whole.ToArray();
    }

    /// <exception cref="InvalidRequest">It is no such document, or nothing of it can be taken.</exception>
    public static ImportedSchedule Read(ScheduleFormat format, byte[] document, DateTimeZone zone, Instant from)
    {
        var faults = new FieldFaults();
        var read = faults.Parse(
            "document", () => format == ScheduleFormat.Pagerduty
                ? PagerDutySchedule.Read(Text(document), from)
                : ICalendarShifts.Read(document, zone, from), "INVALID_DOCUMENT");
        if (read is { Terms: { Rotations.Count: 0, Shifts.Count: 0, Overrides.Count: 0 } })
        {
            faults.Add(
                "document",
                $"Has nobody on call after "
                    + $"{from}{(read.Rejected.Count > 0 ? $"; the first of {read.Rejected.Count} refused: {read.Rejected[0].Reason}" : "")}.",
                "EMPTY");
        }
        else if (read is not null)
        {
            faults.Schedule(
                read.Named(read.People.ToDictionary(one => one.Key, _ => "users/somebody", StringComparer.Ordinal)).ToProto(), "document");
        }
        faults.ThrowIfAny();
        return read!;
    }

    private static string Text(byte[] document)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(document).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException broken)
        {
            throw FieldFaults.Single("document", $"Is no UTF-8 text: byte {broken.Index}.", "INVALID_ENCODING");
        }
    }
}
