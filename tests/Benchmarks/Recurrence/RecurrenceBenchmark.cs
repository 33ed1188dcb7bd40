using System.Globalization;
using System.Text.Json;
using NodaTime;

namespace Governance.Benchmarks.Recurrence;

/// <summary>
/// <c>recurrence</c>: occurrences a second, as UTC instants, of our engine and of the peers that are installed, on the
/// same rules in one run; and what a seek to 2040 costs against the first occurrence. Fails when the answers differ.
/// </summary>
internal static class RecurrenceBenchmark
{
    private static readonly Instant Year2040 = Instant.FromUtc(2040, 1, 1, 0, 0);

    public static int Run(string[] arguments)
    {
        var folder = arguments.Length > 0 ? arguments[0] : Path.Combine("tests", "Benchmarks", "peers");
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, JsonSerializer.Serialize(RecurrenceCase.All, new JsonSerializerOptions(JsonSerializerDefaults.Web)));
            // The first round is for the just-in-time compiler; what is long since running is what a service runs.
            RecurrenceCase.All.Select(Expansion.Ours).ToList().ForEach(GC.KeepAlive);
            var ours = RecurrenceCase.All.Select(Expansion.Ours).ToList();
            var peers = Peer.All.Select(peer => (peer.Name, Found: peer.Run(folder, file))).Where(peer => peer.Found.Count > 0).ToList();
            var agree = PrintRates(ours, peers);
            PrintSeeks();
            return agree ? 0 : 1;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static bool PrintRates(List<Expansion> ours, List<(string Name, Dictionary<string, Expansion> Found)> peers)
    {
        var agree = true;
        Console.WriteLine(
            $"| Rule | Occurrences | ours, M/s |{string.Concat(peers.Select(peer => $" {peer.Name}, M/s | we are faster by |"))}");
        Console.WriteLine($"|---|---|---|{string.Concat(peers.Select(_ => "---|---|"))}");
        foreach (var (rule, own) in RecurrenceCase.All.Zip(ours))
        {
            var row = $"| {rule.Name} | {rule.Count} | {Rate(rule, own)} |";
            foreach (var peer in peers)
            {
                var known = peer.Found.TryGetValue(rule.Name, out var other);
                agree &= !known || other!.Sum == own.Sum;
                row += !known ? " none | |" : Text(
                    $" {Rate(rule, other!)}{(other!.Sum == own.Sum ? "" : " (other answer)")} | {other.Seconds / own.Seconds:F0}× |");
            }

            Console.WriteLine(row);
        }

        foreach (var peer in peers)
        {
            var ratios = RecurrenceCase.All.Zip(ours)
                .Where(pair => peer.Found.ContainsKey(pair.First.Name))
                .Select(pair => peer.Found[pair.First.Name].Seconds / pair.Second.Seconds)
                .ToList();
            Console.WriteLine(
                Text($"\n{peer.Name}: {Math.Exp(ratios.Average(Math.Log)):F0}× in the geometric mean, {ratios.Min():F1}× at least"));
        }

        return agree;
    }

    private static void PrintSeeks()
    {
        Console.WriteLine("\n| Rule from 2010 | first occurrence, µs | first of 2040, µs | ratio |\n|---|---|---|---|");
        foreach (var rule in RecurrenceCase.All)
        {
            var (first, later) = (Expansion.Seek(rule, Instant.FromUtc(2010, 1, 1, 0, 0)), Expansion.Seek(rule, Year2040));
            Console.WriteLine(Text($"| {rule.Name} | {first * 1e6:F2} | {later * 1e6:F2} | {later / first:F2} |"));
        }
    }

    private static string Rate(RecurrenceCase rule, Expansion expansion) => Text($"{rule.Count / expansion.Seconds / 1e6:F3}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
