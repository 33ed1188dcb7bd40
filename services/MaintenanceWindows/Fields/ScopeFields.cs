using Google.Protobuf.Collections;
using Governance.BuildingBlocks.Errors;
using Governance.Common.V1;

namespace Governance.MaintenanceWindows.Fields;

/// <summary>Reads scopes out of requests: names in full, every list without repetitions.</summary>
internal static class ScopeFields
{
    private const int Most = 1000;

    public static Scope Scope(this FieldFaults faults, Scope? scope, string field)
    {
        if (scope is null) return new Scope();
        faults.Names(scope.Components, $"{field}.components", "components");
        faults.Names(scope.Systems, $"{field}.systems", "systems");
        Each(faults, scope.Labels, $"{field}.labels", IsLabel, "is no label; write key=value, or key for any value");
        Each(faults, scope.Environments, $"{field}.environments", IsSlug, "is no environment's id such as production");
        Each(faults, scope.Tiers, $"{field}.tiers", tier => tier is >= 1 and <= 4, "is no tier; tiers are 1 (most critical) to 4");
        return new Scope
        {
            Components = { scope.Components.Distinct() },
            Systems = { scope.Systems.Distinct() },
            Labels = { scope.Labels.Distinct() },
            Environments = { scope.Environments.Distinct() },
            Tiers = { scope.Tiers.Distinct() },
        };
    }

    /// <summary>Resource names of one collection, <c>components/checkout-api</c>.</summary>
    public static void Names(this FieldFaults faults, RepeatedField<string> names, string field, string collection) =>
        Each(faults, names, field, name => IsName(name, collection), $"is no resource name; write {collection}/…");

    public static void Environments(this FieldFaults faults, RepeatedField<string> environments, string field) =>
        Each(faults, environments, field, IsSlug, "is no environment's id such as production");

    public static bool IsName(string name, string collection) =>
        name.Length > collection.Length + 1
        && name.Length <= 200
        && name.StartsWith(collection, StringComparison.Ordinal)
        && name[collection.Length] == '/'
        && name.AsSpan(collection.Length + 1).IndexOfAnyExcept(NameLetters) < 0;

    private static System.Buffers.SearchValues<char> NameLetters { get; } =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~");

    private static bool IsSlug(string text) =>
        text.Length is >= 1 and <= 63 && text.AsSpan().IndexOfAnyExcept(NameLetters) < 0;

    private static bool IsLabel(string text) =>
        text.Length is >= 1 and <= 300 && text[0] != '=' && text.All(letter => !char.IsControl(letter));

    private static void Each<T>(FieldFaults faults, RepeatedField<T> values, string field, Func<T, bool> holds, string reason)
    {
        faults.Check(values.Count <= Most, field, $"Has {values.Count} entries; at most {Most} are allowed.", "TOO_MANY");
        for (var i = 0; i < values.Count; i++)
        {
            faults.Check(holds(values[i]), $"{field}[{i}]", $"'{values[i]}' {reason}.", "INVALID_NAME");
        }
    }
}
