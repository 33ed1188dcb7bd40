namespace Grpc.Core;

/// <summary>What a call made on behalf of another call takes over from it.</summary>
public class ContextPropagationOptions
{
    /// <summary>Deadline and cancellation are both taken over.</summary>
    public static readonly ContextPropagationOptions Default = new();

    /// <summary>Creates options; each part is taken over unless said otherwise.</summary>
    public ContextPropagationOptions(bool propagateDeadline = true, bool propagateCancellation = true)
    {
        IsPropagateDeadline = propagateDeadline;
        IsPropagateCancellation = propagateCancellation;
    }

    /// <summary>Whether the parent's deadline bounds the child.</summary>
    public bool IsPropagateDeadline { get; }

    /// <summary>Whether the child is cancelled with its parent.</summary>
    public bool IsPropagateCancellation { get; }
}

/// <summary>Ties a call to the call that it serves; made by <see cref="ServerCallContext.CreatePropagationToken"/>.</summary>
public abstract class ContextPropagationToken
{
    internal ContextPropagationToken()
    {
    }
}
