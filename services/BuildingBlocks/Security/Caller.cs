using System.Collections.Frozen;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Names;
using Governance.Common.V1;

namespace Governance.BuildingBlocks.Security;

/// <summary>A role on everything, on a system, on a component or on a party.</summary>
/// <param name="Role">`engineer`.</param>
/// <param name="Scope">Empty for everything, or `systems/checkout`, `components/checkout-api`, `parties/storefront`.</param>
public sealed record Binding(string Role, string Scope = "");

/// <summary>What a call is about, for the check of scoped roles. All empty: something that concerns everyone.</summary>
/// <param name="Component">`components/checkout-api`.</param>
/// <param name="System">`systems/checkout`.</param>
/// <param name="Party">The owner, `parties/storefront`.</param>
public readonly record struct Target(string Component = "", string System = "", string Party = "")
{
    internal bool IsWithin(string scope) => scope.Length == 0 || scope == Component || scope == System || scope == Party;

    internal string Words =>
        string.Join(", ", new[] { Component, System, Party }.Where(part => !string.IsNullOrEmpty(part))) is { Length: > 0 } words
            ? words
            : "everything";
}

/// <summary>Where a caller holds a permission; lists filter by it.</summary>
/// <param name="Everything">Held everywhere; the sets do not matter then.</param>
/// <param name="Components">`components/…`.</param>
/// <param name="Systems">`systems/…`.</param>
/// <param name="Parties">`parties/…`.</param>
public sealed record Reach(
    bool Everything, IReadOnlyList<string> Components, IReadOnlyList<string> Systems, IReadOnlyList<string> Parties)
{
    /// <summary>Whether the target lies within.</summary>
    public bool Covers(Target target) =>
        Everything || Components.Contains(target.Component) || Systems.Contains(target.System) || Parties.Contains(target.Party);
}

/// <summary>Who calls: the credential and the accountable person behind it.</summary>
/// <param name="Principal">`users/ines`, `apiKeys/k1`, or `services/windows` for the suite itself.</param>
/// <param name="Person">The accountable person, `users/ines`; empty for the suite itself.</param>
/// <param name="Bindings">The roles held, each with its scope.</param>
public sealed record Caller(string Principal, string Person, IReadOnlyList<Binding> Bindings)
{
    /// <summary>Whether the credential is an API key. Keys cannot approve.</summary>
    public bool IsKey => Principal.StartsWith("apiKeys/", StringComparison.Ordinal);

    /// <summary>Whether the suite itself acts: a worker or an event handler.</summary>
    public bool IsService => Principal.StartsWith("services/", StringComparison.Ordinal);

    /// <summary>Who answers for what is done: the person behind the credential, else the credential itself.</summary>
    public string Responsible => Person.Length > 0 ? Person : Principal;

    /// <summary>When the token ends; a stream ends with it.</summary>
    public DateTimeOffset Expires { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>Caps what the roles grant, for keys that may do less than their creator. Null: no cap.</summary>
    public FrozenSet<string>? Permissions { get; init; }

    /// <summary>The suite itself; it may do everything.</summary>
    public static Caller Service(ServiceEntry service) => new(service.Principal, "", [new Binding("admin")]);

    /// <summary>Whether the permission is held anywhere.</summary>
    public bool Holds(string permission) => BindingsFor(permission).Any();

    /// <summary>Whether the permission is held on the target.</summary>
    public bool Holds(string permission, Target target) =>
        BindingsFor(permission).Any(binding => target.IsWithin(binding.Scope));

    /// <summary>Refuses unless the permission is held on every target.</summary>
    /// <exception cref="PermissionDenied">It is not; the first target without it is named.</exception>
    public void Demand(string permission, params IEnumerable<Target> targets)
    {
        foreach (var target in targets)
        {
            if (!Holds(permission, target))
            {
                throw new PermissionDenied(permission, $"{Principal} lacks {permission} on {target.Words}.", "OUT_OF_SCOPE");
            }
        }
    }

    /// <summary>Where the permission is held.</summary>
    public Reach Reach(string permission)
    {
        var scopes = BindingsFor(permission).Select(binding => binding.Scope).Distinct().ToLookup(scope => scope.Split('/')[0]);
        return new Reach(scopes.Contains(""), [.. scopes["components"]], [.. scopes["systems"]], [.. scopes["parties"]]);
    }

    /// <summary>The roles by which the permission is held; on the target, if one is given.</summary>
    public IReadOnlyList<string> RolesFor(string permission, Target? target = null) =>
    [
        .. BindingsFor(permission)
            .Where(binding => target is not { } on || on.IsWithin(binding.Scope))
            .Select(binding => binding.Role)
            .Distinct(),
    ];

    /// <summary>Whether the role is held, on the target or anywhere.</summary>
    public bool HasRole(string role, Target? target = null) =>
        Bindings.Any(binding => binding.Role == role && (target is not { } on || on.IsWithin(binding.Scope)));

    /// <summary>As events and audit entries carry it.</summary>
    public Actor ToActor() => new() { Principal = Principal, Person = Person };

    private IEnumerable<Binding> BindingsFor(string permission) =>
        Permissions is { } cap && !cap.Contains(permission)
            ? []
            : Bindings.Where(binding => Roles.Grants(binding.Role, permission));
}
