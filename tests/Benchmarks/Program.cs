using System.Reflection;
using System.Runtime.InteropServices;
using BenchmarkDotNet.Running;
using Governance.Benchmarks.Advisories;
using Governance.Benchmarks.Checks;
using Governance.Benchmarks.Events;
using Governance.Benchmarks.Ownership;
using Governance.Benchmarks.Recurrence;
using Governance.Benchmarks.Suite;
using Governance.Benchmarks.Vectors;

// Each verb is a benchmark that runs by itself and prints what docs/performance.md quotes.
var verbs = new Dictionary<string, Func<string[], int>>(StringComparer.Ordinal)
{
    ["recurrence"] = RecurrenceBenchmark.Run,
    ["checkchange"] = CheckChangeBenchmark.Run,
    ["events"] = EventFlowBenchmark.Run,
    ["gateway"] = GatewayBenchmark.Run,
    ["footprint"] = FootprintBenchmark.Run,
    ["import"] = ImportBenchmark.Run,
    ["matching"] = MatchingBenchmark.Run,
    ["ownership"] = OwnershipBenchmark.Run,
    ["vectors"] = VectorsBenchmark.Run,
};
if (args.Length > 0 && verbs.TryGetValue(args[0], out var run))
{
    // A host in this process takes these signals for its own end, and the benchmark would go on without it.
    using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Environment.Exit(143));
    using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => Environment.Exit(130));
    return run(args[1..]);
}

Console.WriteLine($"Verbs: {string.Join(", ", verbs.Keys)}. Anything else goes to BenchmarkDotNet.");
BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run(args);
return 0;
