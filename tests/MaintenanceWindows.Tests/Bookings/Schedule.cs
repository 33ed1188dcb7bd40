using Google.Protobuf.WellKnownTypes;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Security;
using Governance.Common.V1;
using Governance.Ownership.V1;
using Governance.Patching.V1;
using Governance.Testing;
using Governance.Windows.V1;
using Shouldly;
using Xunit;
using Duration = Google.Protobuf.WellKnownTypes.Duration;

namespace Governance.MaintenanceWindows.Tests.Bookings;

/// <summary>
/// One running MaintenanceWindows on a Monday morning, 2026-03-02 09:00 UTC, and what bookings need around them. Tests share
/// it and keep apart by the components that they choose.
/// </summary>
public sealed class Schedule : IAsyncLifetime
{
    private static readonly Caller PlanningAdmin = Callers.Person("planner", "admin");
    private TestEstate _estate = null!;

    public TestEstate Estate => _estate;

    public TestHost Host => _estate[ServiceCatalog.Windows];

    public WindowsClients Planner => As(PlanningAdmin);

    public async Task InitializeAsync() => _estate = await TestEstate.StartAsync(WindowsDefinition.Value);

    public async Task DisposeAsync() => await _estate.DisposeAsync();

    public WindowsClients As(Caller caller) => new(Host.As(caller));

    public static Timestamp At(string utc) =>
        Timestamp.FromDateTimeOffset(DateTimeOffset.Parse(utc + "Z", System.Globalization.CultureInfo.InvariantCulture));

    public static Duration Minutes(int minutes) => new() { Seconds = minutes * 60 };

    /// <summary>A tier-1 component in production, as Ownership tells of it.</summary>
    public async Task ComponentAsync(string id, int tier = 1, long version = 1, params string[] dependsOn)
    {
        var component = new Component { Name = $"components/{id}", Tier = tier, Environments = { "production", "staging" } };
        component.DependsOn.Add(dependsOn.Select(one => $"components/{one}"));
        var told = new ComponentChanged { Meta = Envelopes.Meta(version), Component = component };
        (await Host.DeliverAsync(ServiceCatalog.Ownership, component.Name, told)).ShouldBe("SUCCESS");
    }

    /// <summary>Every night from 22:00 UTC, four hours.</summary>
    public Task<Window> NightsAsync(string id, Action<Window>? change = null, params string[] components)
    {
        var window = new Window
        {
            DisplayName = id,
            TimeZone = "Etc/UTC",
            Start = "2026-03-01T22:00:00",
            Duration = Minutes(240),
            Recurrence = "FREQ=DAILY",
            Scope = new Scope { Components = { components.Select(one => $"components/{one}") } },
        };
        change?.Invoke(window);
        return Planner.Windows.CreateWindowAsync(new() { Window = window, WindowId = id }).ResponseAsync;
    }

    public Task<Freeze> FreezeAsync(string id, string start, string end, params string[] components) =>
        Planner.Freezes.CreateFreezeAsync(new()
        {
            FreezeId = id,
            Freeze = new Freeze
            {
                DisplayName = id,
                TimeZone = "Etc/UTC",
                Start = start,
                End = end,
                Reason = "Peak trading",
                Scope = new Scope { Components = { components.Select(one => $"components/{one}") } },
            },
        }).ResponseAsync;

    public static Booking Wish(string component, int minutes = 60) => new()
    {
        DisplayName = $"Patch {component}",
        Change = "CHG-1",
        Components = { $"components/{component}" },
        Environment = "production",
        Kind = ChangeKind.Patch,
        Duration = Minutes(minutes),
    };

    public Task<Booking> BookAsync(Booking wish, string id = "") =>
        Planner.Bookings.CreateBookingAsync(new() { Booking = wish, BookingId = id }).ResponseAsync;

    public Task<Booking> GetAsync(string name) => Planner.Bookings.GetBookingAsync(new() { Name = name }).ResponseAsync;

    public static BookingRequest Request(string id, string component) => new()
    {
        Name = $"bookingRequests/{id}",
        Rollout = $"rollouts/{id}",
        Stage = $"rollouts/{id}/stages/wave-1",
        Attempt = 1,
        Wanted = BookingRequest.Types.Wanted.Booked,
        Components = { $"components/{component}" },
        Environment = "production",
        Kind = ChangeKind.Patch,
        Severity = Severity.High,
        Duration = Minutes(60),
        Requester = "users/ines",
        DisplayName = $"Rollout {id}",
    };

    public async Task WantAsync(BookingRequest request, long version)
    {
        var told = new BookingRequestChanged { Meta = Envelopes.Meta(version), Request = request };
        (await Host.DeliverAsync(ServiceCatalog.Patching, request.Name, told)).ShouldBe("SUCCESS");
    }

    /// <summary>The last published answer to a request.</summary>
    public Booking? Answer(string request) => _estate.PubSub.Of<BookingChanged>()
        .Where(changed => changed.Booking.BookingRequest == request)
        .OrderBy(changed => changed.Booking.Attempt).ThenBy(changed => changed.Meta.Version)
        .LastOrDefault()?.Booking;

    public Task<Booking> AnswerAsync(string request, Func<Booking, bool> condition) =>
        Eventually.GetAsync(
            () => Task.FromResult(Answer(request) is { } answer && condition(answer) ? answer : null), $"an answer to {request}");
}
