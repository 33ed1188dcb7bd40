using System.Diagnostics;
using System.Text.Json;
using Governance.Testing;
using Shouldly;

namespace Governance.MaintenanceWindows.Tests.Feeds;

/// <summary>Reads calendars with ical.js.</summary>
internal static class CalendarReader
{
    public const string Folder = "tests/MaintenanceWindows.Tests/Feeds/ical";

    /// <summary>What starts in [from, until).</summary>
    public static async Task<List<ReadEvent>> ReadAsync(string calendar, string from, string until)
    {
        var start = new ProcessStartInfo("node", ["read.mjs", from, until])
        {
            WorkingDirectory = RepositoryRoot.Path(Folder),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var node = Process.Start(start)!;
        var answer = node.StandardOutput.ReadToEndAsync();
        await node.StandardInput.WriteAsync(calendar);
        node.StandardInput.Close();
        await node.WaitForExitAsync();
        node.ExitCode.ShouldBe(0, calendar);
        return JsonSerializer.Deserialize<List<ReadEvent>>(await answer, JsonSerializerOptions.Web)!;
    }
}

/// <summary>One occurrence; instants as <c>2026-01-13T21:00:00.000Z</c>.</summary>
internal sealed record ReadEvent(string Uid, string Summary, string Start, string End)
{
    public (string Start, string End) Times => (Short(Start), Short(End));

    private static string Short(string instant) => instant.Replace(".000Z", "Z", StringComparison.Ordinal);
}
