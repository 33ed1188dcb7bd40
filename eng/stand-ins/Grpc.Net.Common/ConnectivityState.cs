namespace Grpc.Core;

/// <summary>How a channel's connection stands.</summary>
public enum ConnectivityState
{
    /// <summary>No connection, and none wanted yet.</summary>
    Idle,

    /// <summary>A connection is being made.</summary>
    Connecting,

    /// <summary>Connected.</summary>
    Ready,

    /// <summary>Connecting failed; it is tried again after a while.</summary>
    TransientFailure,

    /// <summary>The channel is closed for good.</summary>
    Shutdown,
}
