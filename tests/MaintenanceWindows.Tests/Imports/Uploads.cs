using System.Text;
using Google.Api;
using Google.Protobuf;
using Governance.Common.V1;
using Governance.Windows.V1;

namespace Governance.MaintenanceWindows.Tests.Imports;

/// <summary>Documents, and how they are sent: the parameters first, then pieces cut anywhere.</summary>
internal static class Uploads
{
    private const int Piece = 700;

    /// <summary>A calendar of these components, each a few lines.</summary>
    public static byte[] Calendar(params string[] components) => Encoding.UTF8.GetBytes(
        $"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\n{string.Join('\n', components)}\nEND:VCALENDAR\n".ReplaceLineEndings("\r\n"));

    /// <summary>A VEVENT of these lines.</summary>
    public static string Event(string uid, params string[] lines) => $"BEGIN:VEVENT\nUID:{uid}\n{string.Join('\n', lines)}\nEND:VEVENT";

    public static async Task<ImportSummary> ImportAsync(
        this WindowsClients client, ImportProviderMaintenancesRequest parameters, byte[] document)
    {
        using var call = client.ProviderMaintenances.ImportProviderMaintenances();
        await call.RequestStream.WriteAsync(parameters);
        foreach (var piece in document.Chunk(Piece))
        {
            await call.RequestStream.WriteAsync(new() { Document = new HttpBody { Data = ByteString.CopyFrom(piece) } });
        }
        await call.RequestStream.CompleteAsync();
        return (await call).Summary;
    }
}
