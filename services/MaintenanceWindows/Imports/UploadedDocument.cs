using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.ICalendar;

namespace Governance.MaintenanceWindows.Imports;

/// <summary>A document that is held as a whole: what its lines mean depends on lines that come later.</summary>
internal static class UploadedDocument
{
    /// <exception cref="InvalidRequest">It is larger than documents may be.</exception>
    public static async Task<byte[]> ReadAsync(Stream upload, CancellationToken ct)
    {
        using var held = new MemoryStream();
        var piece = new byte[64 * 1024];
        for (var read = await upload.ReadAsync(piece, ct); read > 0; read = await upload.ReadAsync(piece, ct))
        {
            if (held.Length + read > CalendarLimits.MostBytes)
            {
                throw FieldFaults.Single("document", $"Is larger than {CalendarLimits.MostBytes / 1024 / 1024} MiB.", "TOO_LARGE");
            }
            held.Write(piece, 0, read);
        }

        return held.ToArray();
    }
}
