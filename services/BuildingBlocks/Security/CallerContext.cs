using Governance.BuildingBlocks.Errors;
using Grpc.Core;

namespace Governance.BuildingBlocks.Security;

/// <summary>Who calls, for code that holds a <see cref="ServerCallContext"/>.</summary>
public static class CallerContext
{
    private static readonly object CallerKey = new();
    private static readonly object PermissionKey = new();

    /// <summary>The verified caller.</summary>
    /// <exception cref="Unauthenticated">The RPC is public and nobody is signed in.</exception>
    public static Caller Caller(this ServerCallContext context) =>
        context.UserState.TryGetValue(CallerKey, out var caller)
            ? (Caller)caller
            : throw new Unauthenticated("This call needs a signed-in caller.");

    /// <summary>The permission that the RPC declares.</summary>
    public static string Permission(this ServerCallContext context) =>
        context.UserState.TryGetValue(PermissionKey, out var permission) ? (string)permission : "public";

    /// <summary>Where the caller holds the RPC's permission; lists filter by it.</summary>
    public static Reach Reach(this ServerCallContext context) => context.Caller().Reach(context.Permission());

    /// <summary>Refuses unless the caller holds the RPC's permission on every target.</summary>
    /// <exception cref="PermissionDenied">It is not held.</exception>
    public static void Demand(this ServerCallContext context, params IEnumerable<Target> targets) =>
        context.Caller().Demand(context.Permission(), targets);

    internal static void Admit(this ServerCallContext context, Caller? caller, string permission)
    {
        context.UserState[PermissionKey] = permission;
        if (caller is not null) context.UserState[CallerKey] = caller;
    }
}
