using System.Text.RegularExpressions;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Security;

namespace Governance.Gateway.Identity;

/// <summary>What requests about users and keys have in common.</summary>
internal static partial class Requests
{
    public static FieldFaults UserId(this FieldFaults faults, string id, string field) => faults.Check(
        UserIdPattern().IsMatch(id),
        field,
        $"'{id}' is no valid id: 2 to 63 lower-case letters, digits, '.', '_' and '-', starting with a letter.",
        "INVALID_ID");

    public static FieldFaults RolesOn(this FieldFaults faults, IReadOnlyList<string> roles, string scope, string prefix = "")
    {
        for (var i = 0; i < roles.Count; i++)
        {
            faults.Check(
                Roles.Exists(roles[i]),
                $"{prefix}roles[{i}]",
                $"There is no role '{roles[i]}'. The roles are {string.Join(", ", Roles.Names.Order(StringComparer.Ordinal))}.",
                "UNKNOWN_ROLE");
        }

        return faults.Check(
            scope.Length == 0 || ScopePattern().IsMatch(scope),
            prefix + "scope",
            $"'{scope}' is neither empty (everything) nor systems/…, components/… or parties/….",
            "INVALID_SCOPE");
    }

    [GeneratedRegex("^[a-z][a-z0-9._-]{1,62}$")]
    private static partial Regex UserIdPattern();

    [GeneratedRegex("^(systems|components|parties)/[a-z0-9][a-z0-9._-]{0,62}$")]
    private static partial Regex ScopePattern();
}
