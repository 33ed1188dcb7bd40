using Governance.Patching.Deadlines;
using Governance.Patching.Documents;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Policies;

/// <summary>The policies that ship with the service.</summary>
internal static class PolicyFile
{
    public static IReadOnlyList<DeadlinePolicy> LoadPresets() => [.. Policy.PresetIds.Select(Load)];

    private static DeadlinePolicy Load(string id) =>
        PresetFiles.Read<Proto.Policy, DeadlinePolicy>(typeof(PolicyFile), id, (faults, policy) => faults.Policy(id, policy));
}
