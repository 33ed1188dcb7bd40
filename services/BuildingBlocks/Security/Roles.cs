using System.Collections.Frozen;

namespace Governance.BuildingBlocks.Security;

/// <summary>The one table from roles to permissions. A permission is `service.verb`; a role grants its verbs in every service.</summary>
public static class Roles
{
    private static readonly string[] Everything =
    [
        "read", "check", "write", "record", "import", "configure", "approve", "publish", "audit", "operate", "manage",
    ];

    private static readonly FrozenDictionary<string, FrozenSet<string>> Verbs = new Dictionary<string, string[]>
    {
        ["viewer"] = ["read", "check"],
        ["engineer"] = ["read", "check", "write", "record", "import"],
        ["architect"] = ["read", "check", "write", "record", "import", "configure"],
        ["approver"] = ["read", "check", "approve"],
        ["leadership"] = ["read", "check", "publish"],
        ["auditor"] = ["read", "check", "audit"],
        ["machine"] = ["read", "check", "record", "import"],
        ["admin"] = Everything,
    }.ToFrozenDictionary(row => row.Key, row => row.Value.ToFrozenSet());

    /// <summary>All roles.</summary>
    public static IReadOnlyList<string> Names => Verbs.Keys;

    /// <summary>Whether the role exists.</summary>
    public static bool Exists(string role) => Verbs.ContainsKey(role);

    /// <summary>Whether the role grants the permission, `windows.write`.</summary>
    public static bool Grants(string role, string permission) =>
        Verbs.TryGetValue(role, out var verbs) && verbs.Contains(Verb(permission));

    /// <summary>The permissions that the role grants in one service.</summary>
    public static IEnumerable<string> PermissionsOf(string role, string service) =>
        Verbs.TryGetValue(role, out var verbs) ? verbs.Select(verb => $"{service}.{verb}") : [];

    /// <summary>Whether the permission's verb is in the table; a typo would otherwise lock everyone out.</summary>
    internal static bool Knows(string permission) =>
        permission is "public" or "authenticated"
            || (permission.Contains('.', StringComparison.Ordinal) && Everything.Contains(Verb(permission)));

    private static string Verb(string permission) => permission[(permission.LastIndexOf('.') + 1)..];
}
