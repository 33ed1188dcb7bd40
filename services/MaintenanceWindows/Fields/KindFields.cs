using System.Collections.Immutable;
using Governance.BuildingBlocks.Errors;
using Governance.Common.V1;

namespace Governance.MaintenanceWindows.Fields;

/// <summary>Reads lists of kinds out of requests.</summary>
internal static class KindFields
{
    public static ImmutableArray<ChangeKind> Kinds(this FieldFaults faults, IReadOnlyList<ChangeKind> kinds, string field)
    {
        for (var i = 0; i < kinds.Count; i++)
        {
            var known = kinds[i] != ChangeKind.Unspecified && Enum.IsDefined(kinds[i]);
            faults.Check(known, $"{field}[{i}]", "Is no kind of change.", "UNKNOWN_KIND");
        }

        return [.. kinds.Distinct().Order()];
    }
}
