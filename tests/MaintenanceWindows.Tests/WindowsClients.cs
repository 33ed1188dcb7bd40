using Grpc.Core;
using Proto = Governance.Windows.V1;

namespace Governance.MaintenanceWindows.Tests;

/// <summary>One caller's clients, one for each resource.</summary>
public sealed class WindowsClients(CallInvoker calls)
{
    public Proto.Bookings.BookingsClient Bookings => new(calls);

    public Proto.CalendarFeeds.CalendarFeedsClient CalendarFeeds => new(calls);

    public Proto.Calendars.CalendarsClient Calendars => new(calls);

    public Proto.ChangePolicies.ChangePoliciesClient ChangePolicies => new(calls);

    public Proto.Changes.ChangesClient Changes => new(calls);

    public Proto.Freezes.FreezesClient Freezes => new(calls);

    public Proto.Occurrences.OccurrencesClient Occurrences => new(calls);

    public Proto.Overrides.OverridesClient Overrides => new(calls);

    public Proto.ProviderMaintenances.ProviderMaintenancesClient ProviderMaintenances => new(calls);

    public Proto.Recurrences.RecurrencesClient Recurrences => new(calls);

    public Proto.Slots.SlotsClient Slots => new(calls);

    public Proto.Windows.WindowsClient Windows => new(calls);
}
