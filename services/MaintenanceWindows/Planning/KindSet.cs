using Governance.Common.V1;

namespace Governance.MaintenanceWindows.Planning;

/// <summary>Kinds of change as bits; none set means all of them.</summary>
internal readonly record struct KindSet(uint Bits)
{
    public static KindSet All => default;

    public static KindSet Of(IEnumerable<ChangeKind> kinds) =>
        new(kinds.Aggregate(0u, (bits, kind) => bits | (1u << (int)kind)));

    public bool Has(ChangeKind kind) => Bits == 0 || (Bits & (1u << (int)kind)) != 0;

    public override string ToString() =>
        Bits == 0 ? "all kinds" : string.Join(", ", Enum.GetValues<ChangeKind>().Where(Has).Select(Name));

    private static string Name(ChangeKind kind) => kind.ToString().ToUpperInvariant();
}
