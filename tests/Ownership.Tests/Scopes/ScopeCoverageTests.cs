using Google.Protobuf;
using Governance.Testing;
using Shouldly;
using Xunit;

namespace Governance.Ownership.Tests.Scopes;

/// <summary>No call is left out of the tests of scopes.</summary>
public sealed class ScopeCoverageTests
{
    /// <summary>The rules of the house, which everybody may read.</summary>
    private static readonly string[] Common =
    [
        "GetArea", "ListAreas", "GetHolidayCalendar", "ListHolidayCalendars", "GetEscalationPolicy", "ListEscalationPolicies", "GetNotificationRule", "ListNotificationRules",
    ];

    [Fact]
    public void Rpcs_OfTheProto_AreCalledByScopedCallersOrAreForEverybody()
    {
        IMessage[] all = [.. ForeignRequests.Of(ForeignNames.None), .. OwnRequests.Of(), .. OwnRequests.AskingForForeign()];

        var missing = Rpc.All.Values.Where(rpc => rpc.Service == "ownership" && rpc.Method.Service.Name != "Operations")
            .Select(rpc => rpc.Method.Name).Except(all.Select(request => Rpc.Of(request.Descriptor).Method.Name)).Except(Common);

        missing.ShouldBeEmpty();
    }
}
