using NodaTime;

namespace Governance.BuildingBlocks.Errors;

/// <summary>There is no such resource: NOT_FOUND.</summary>
/// <param name="name">The resource's name, `windows/tuesday-night`.</param>
public sealed class Missing(string name) : Exception($"There is no {name}.")
{
    /// <summary>The resource's name.</summary>
    public string Name { get; } = name;
}

/// <summary>The name is taken: ALREADY_EXISTS.</summary>
/// <param name="name">The resource's name.</param>
public sealed class AlreadyExists(string name) : Exception($"{name} exists already.")
{
    /// <summary>The resource's name.</summary>
    public string Name { get; } = name;
}

/// <summary>The caller's etag is not the resource's: ABORTED. Nothing else gives ABORTED.</summary>
/// <param name="name">The resource's name.</param>
/// <param name="given">The caller's etag.</param>
/// <param name="current">The resource's etag.</param>
public sealed class StaleEtag(string name, string given, string current)
    : Exception($"{name} has changed: its etag is {current}, not {given}. Read it again and repeat the change.")
{
    /// <summary>The resource's name.</summary>
    public string Name { get; } = name;

    /// <summary>The caller's etag.</summary>
    public string Given { get; } = given;

    /// <summary>The resource's etag.</summary>
    public string Current { get; } = current;
}

/// <summary>Nobody is signed in, or the token does not hold: UNAUTHENTICATED.</summary>
/// <param name="message">What is wrong with the token.</param>
public sealed class Unauthenticated(string message) : Exception(message);

/// <summary>The caller may not do this: PERMISSION_DENIED, naming what is missing.</summary>
/// <param name="permission">The missing permission, `windows.write`.</param>
/// <param name="message">For people.</param>
/// <param name="reason">UPPER_SNAKE_CASE.</param>
public sealed class PermissionDenied(string permission, string message, string reason = "PERMISSION_MISSING") : Exception(message)
{
    /// <summary>The missing permission.</summary>
    public string Permission { get; } = permission;

    /// <summary>UPPER_SNAKE_CASE reason.</summary>
    public string Reason { get; } = reason;
}

/// <summary>Too much at once: RESOURCE_EXHAUSTED with RetryInfo.</summary>
/// <param name="message">What was too much.</param>
/// <param name="retryAfter">How long to wait before the next try.</param>
public sealed class TooMuch(string message, Duration retryAfter) : Exception(message)
{
    /// <summary>How long to wait before the next try.</summary>
    public Duration RetryAfter { get; } = retryAfter;
}

/// <summary>It cannot be done now and may be a little later: UNAVAILABLE with RetryInfo.</summary>
/// <param name="reason">UPPER_SNAKE_CASE.</param>
/// <param name="message">For people.</param>
/// <param name="retryAfter">How long to wait before the next try.</param>
public sealed class Unavailable(string reason, string message, Duration retryAfter) : Exception(message)
{
    /// <summary>UPPER_SNAKE_CASE reason.</summary>
    public string Reason { get; } = reason;

    /// <summary>How long to wait before the next try.</summary>
    public Duration RetryAfter { get; } = retryAfter;
}
