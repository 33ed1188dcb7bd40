namespace Grpc.Core;

/// <summary>A way to a server, shared by the clients that call it.</summary>
public abstract class ChannelBase
{
    /// <summary>Creates a channel to a target.</summary>
    protected ChannelBase(string target)
    {
        ArgumentNullException.ThrowIfNull(target);
        Target = target;
    }

    /// <summary>Where the channel leads.</summary>
    public string Target { get; }

    /// <summary>Makes what clients call through.</summary>
    public abstract CallInvoker CreateCallInvoker();

    /// <summary>Ends the channel; calls that run are cancelled.</summary>
    public Task ShutdownAsync() => ShutdownAsyncCore();

    /// <inheritdoc cref="ShutdownAsync" />
    protected virtual Task ShutdownAsyncCore() => Task.CompletedTask;
}
