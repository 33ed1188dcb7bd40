using Governance.BuildingBlocks.Security;

namespace Governance.Testing;

/// <summary>Whoever a test needs to call as.</summary>
public static class Callers
{
    public static Caller Admin { get; } = Person("admin", "admin");

    /// <summary>A person with roles on everything, or `engineer@systems/checkout` for a scoped one.</summary>
    public static Caller Person(string id, params string[] roles) => new($"users/{id}", $"users/{id}", Bindings(roles));

    /// <summary>An API key that acts for a person.</summary>
    public static Caller Key(string id, string accountable, params string[] roles) =>
        new($"apiKeys/{id}", $"users/{accountable}", Bindings(roles));

    private static List<Binding> Bindings(string[] roles) =>
        [.. roles.Select(role => role.Split('@', 2) is [var name, var scope] ? new Binding(name, scope) : new Binding(role))];
}
