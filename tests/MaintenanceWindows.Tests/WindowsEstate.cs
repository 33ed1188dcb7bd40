using Google.Protobuf.WellKnownTypes;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Security;
using Governance.Common.V1;
using Governance.Ownership.V1;
using Governance.Testing;
using Governance.Windows.V1;
using NodaTime;
using NodaTime.Text;
using Shouldly;
using Xunit;
using Duration = Google.Protobuf.WellKnownTypes.Duration;

namespace Governance.MaintenanceWindows.Tests;

/// <summary>One running MaintenanceWindows; tests share it and keep apart by the names that they choose.</summary>
public sealed class WindowsEstate : IAsyncLifetime
{
    private TestEstate _estate = null!;

    public FakeClock Clock => _estate.Clock;

    public TestEstate Estate => _estate;

    public TestHost Host => _estate[ServiceCatalog.Windows];

    public WindowsClients Admin => As(Callers.Admin);

    public async Task InitializeAsync() => _estate = await TestEstate.StartAsync(WindowsDefinition.Value);

    public async Task DisposeAsync() => await _estate.DisposeAsync();

    public WindowsClients As(Caller caller) => new(Host.As(caller));

    public WindowsClients As(string person, params string[] roles) => As(Callers.Person(person, roles));

    /// <summary>Lets the service know a component, as Ownership would.</summary>
    public async Task ComponentAsync(string id, string system = "", string owner = "", int tier = 3, long version = 1)
    {
        var component =
            new Component { Name = $"components/{id}", Tier = tier, System = system, Owner = owner, Environments = { "production" } };
        var told = new ComponentChanged { Meta = Envelopes.Meta(version), Component = component };
        (await Host.DeliverAsync(ServiceCatalog.Ownership, component.Name, told)).ShouldBe("SUCCESS");
    }

    /// <summary>Tuesdays at 22:00 in Vienna, for three hours.</summary>
    public static Window TuesdayNights(params string[] components) => new()
    {
        DisplayName = "Tuesday nights",
        TimeZone = "Europe/Vienna",
        Start = "2026-01-13T22:00:00",
        Duration = Seconds(3 * 3600),
        Recurrence = "FREQ=WEEKLY;BYDAY=TU",
        Scope = new Scope { Components = { components } },
    };

    public static Freeze PeakSeason(params string[] components) => new()
    {
        DisplayName = "Peak season",
        TimeZone = "Europe/Vienna",
        Start = "2026-11-20",
        End = "2026-12-02",
        Reason = "Black Friday to Cyber Monday",
        Scope = new Scope { Components = { components } },
    };

    public static Duration Seconds(long seconds) => new() { Seconds = seconds };

    public static Timestamp At(string instant) =>
        Timestamp.FromDateTimeOffset(InstantPattern.General.Parse(instant).Value.ToDateTimeOffset());

    public static string Text(Timestamp time) => InstantPattern.General.Format(Instant.FromDateTimeOffset(time.ToDateTimeOffset()));
}
