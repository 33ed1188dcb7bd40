using Governance.Patching.Documents;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Policies;

/// <summary>The policies that ship with the service.</summary>
internal static class PolicyFile
{
    /// <summary>The first is in force until another is activated.</summary>
    public static readonly IReadOnlyList<string> PresetIds = ["house-default", "bod-26-04", "essential-eight", "pci-dss-6-3-3"];

    public static IReadOnlyList<DeadlinePolicy> LoadPresets() => [.. PresetIds.Select(Load)];

    private static DeadlinePolicy Load(string id) =>
        PresetFiles.Read<Proto.Policy, DeadlinePolicy>(typeof(PolicyFile), id, (faults, policy) => faults.Policy(id, policy));
}
