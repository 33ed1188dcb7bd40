using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Governance.Benchmarks.Recurrence;
using Governance.Patching.Advisories.Cvss;

namespace Governance.Benchmarks.Vectors;

/// <summary>
/// <c>vectors</c>: CVSS vectors scored a second on one core, beside reading them alone and beside a calculator from npm
/// where it is installed. Fails when the sums of the scores differ.
/// </summary>
internal static class VectorsBenchmark
{
    private const int Count = 10_000;
    private const double Seconds = 2;

    public static int Run(string[] arguments)
    {
        var folder = arguments.Length > 0 ? arguments[0] : Path.Combine("tests", "Benchmarks", "peers");
        var sets = new[] { ("3.0", CvssGrammar.V3), ("3.1", CvssGrammar.V3), ("4.0", CvssGrammar.V4) }
            .Select(one => (Name: one.Item1, Seconds, Vectors: Vectors(one.Item1, one.Item2))).ToList();
        var file = Path.GetTempFileName();
        try
        {
            var cases = sets.Select(set => new { set.Name, set.Seconds, set.Vectors });
            File.WriteAllText(file, JsonSerializer.Serialize(cases, new JsonSerializerOptions(JsonSerializerDefaults.Web)));
            var peer = new Peer("ae-cvss-calculator", "node", "vectors.mjs", "{cases}").Run(folder, file);
            var agree = true;
            Console.WriteLine("| Version | scored a second | read alone | ae-cvss-calculator | we are faster by |\n|---|---|---|---|---|");
            foreach (var (name, _, vectors) in sets)
            {
                var (scored, read) = (Best(vectors, Score), Best(vectors, Read));
                var other = peer.GetValueOrDefault(name);
                agree &= other is null || other.Sum == scored.Sum;
                Console.WriteLine(Text($"| {name} | {Count / scored.Seconds:N0} | {Count / read.Seconds:N0} | {(other is null ? "" : Text($"{Count / other.Seconds:N0}"))} | {(other is null ? "" : Text($"{other.Seconds / scored.Seconds:F0}×{(other.Sum == scored.Sum ? "" : " (other answer)")}"))} |"));
            }

            return agree ? 0 : 1;
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>The base score of 3.x, or the score of 4.0, in tenths.</summary>
    private static long Score(string text) =>
        CvssScores.TryOf(text, out var scores) ? (long)(scores.Base * 10) : throw new InvalidOperationException(text);

    private static long Read(string text) => CvssVector.Read(text, out _) is null ? 0 : 1;

    /// <summary>The best of the rounds over all vectors; the first are for the just-in-time compiler.</summary>
    private static (long Sum, double Seconds) Best(string[] vectors, Func<string, long> one)
    {
        var (best, sum) = (double.MaxValue, 0L);
        for (var watch = Stopwatch.StartNew(); watch.Elapsed.TotalSeconds < Seconds;)
        {
            var begin = Stopwatch.GetTimestamp();
            sum = 0;
            foreach (var vector in vectors) sum += one(vector);
            best = Math.Min(best, Stopwatch.GetElapsedTime(begin).TotalSeconds);
        }

        return (sum, best);
    }

    /// <summary>All base metrics, and each of the others in every other vector.</summary>
    private static string[] Vectors(string version, CvssGrammar grammar)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, Count).Select(_ => $"CVSS:{version}/" + string.Join('/', grammar.Metrics
            .Where((_, at) => at < grammar.Mandatory || random.Next(2) == 0)
            .Select(metric => $"{metric.Name}:{metric.Values[random.Next(metric.Values.Length)]}")))];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
