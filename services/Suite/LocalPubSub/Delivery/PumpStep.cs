namespace Governance.Suite.LocalPubSub.Delivery;

/// <summary>How one try at a delivery ended for the pump.</summary>
internal abstract record PumpStep
{
    /// <summary>Nothing is owed any more.</summary>
    public sealed record Finished : PumpStep;

    /// <summary>Again after a delay, with so many failures counted.</summary>
    public sealed record Postponed(int Failures, TimeSpan Delay) : PumpStep;

    /// <summary>The app is down: again when it is back, nothing counted.</summary>
    public sealed record Waiting : PumpStep;

    /// <summary>The local pub/sub stops: the row stays for the next start.</summary>
    public sealed record Interrupted : PumpStep;

    public static readonly PumpStep Done = new Finished();
    public static readonly PumpStep Wait = new Waiting();
    public static readonly PumpStep Stop = new Interrupted();
}
