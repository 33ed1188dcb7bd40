using Google.Protobuf;

namespace Governance.BuildingBlocks.Errors;

/// <summary>A broken business rule: FAILED_PRECONDITION with an ErrorInfo.</summary>
/// <param name="reason">UPPER_SNAKE_CASE, for programs; unique in the service.</param>
/// <param name="message">For people: what is wrong and what would help.</param>
/// <param name="facts">What the rule looked at, by camelCase name: `("window", "windows/tuesday-night")`.</param>
public sealed class RuleViolation(string reason, string message, params (string Name, string Value)[] facts) : Exception(message)
{
    /// <summary>UPPER_SNAKE_CASE reason.</summary>
    public string Reason { get; } = reason;

    /// <summary>What the rule looked at.</summary>
    public IReadOnlyList<(string Name, string Value)> Facts { get; } = facts;

    /// <summary>Further typed details for the caller, such as remedies.</summary>
    public IReadOnlyList<IMessage> Details { get; init; } = [];
}
