namespace Governance.Suite.LocalPubSub;

/// <summary>The local pub/sub cannot start with this configuration; the message lists every fault.</summary>
internal sealed class LocalPubSubConfigurationException(IReadOnlyList<string> faults)
    : Exception("The local pub/sub cannot start:" + string.Concat(faults.Select(fault => $"{Environment.NewLine}- {fault}")))
{
    public IReadOnlyList<string> Faults => faults;

    public static void ThrowIfAny(IReadOnlyList<string> faults)
    {
        if (faults.Count > 0) throw new LocalPubSubConfigurationException(faults);
    }
}
