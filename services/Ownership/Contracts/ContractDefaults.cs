using Google.Protobuf.WellKnownTypes;
using Governance.Ownership.V1;
using Clock = Governance.Ownership.V1.ServiceTarget.Types.Clock;

namespace Governance.Ownership.Contracts;

/// <summary>What is customary where a contract says nothing; offered, and taken only when asked for.</summary>
internal static class ContractDefaults
{
    private const double Uptime = 99.9;

    public static void Fill(V1.Contract contract)
    {
        if (contract.ServiceLevels.Count == 0)
        {
            contract.ServiceLevels.Add(
            [
                Responding(
                    ServiceSeverity.S1,
                    new ServiceTarget { Duration = Duration.FromTimeSpan(TimeSpan.FromMinutes(15)), Clock = Clock.Always }),
                Responding(
                    ServiceSeverity.S2,
                    new ServiceTarget { Duration = Duration.FromTimeSpan(TimeSpan.FromHours(1)), Clock = Clock.SupportHours }),
                Responding(
                    ServiceSeverity.S3,
                    new ServiceTarget { Duration = Duration.FromTimeSpan(TimeSpan.FromHours(4)), Clock = Clock.SupportHours }),
                Responding(ServiceSeverity.S4, new ServiceTarget { BusinessDays = 1 }),
            ]);
        }

        if (contract.UptimeTarget != 0) return;
        contract.UptimeTarget = Uptime;
        contract.Measurement ??= new Measurement { Period = Period.Month };
    }

    private static ServiceLevel Responding(
        ServiceSeverity severity, ServiceTarget response) => new() { Severity = severity, Response = response };
}
