using Grpc.Core;

namespace Governance.Ownership.Tests;

/// <summary>One caller's clients, one for each resource.</summary>
internal sealed class OwnershipClients(CallInvoker calls)
{
    public V1.Apis.ApisClient Apis => new(calls);

    public V1.Areas.AreasClient Areas => new(calls);

    public V1.Catalogs.CatalogsClient Catalogs => new(calls);

    public V1.Codeowners.CodeownersClient Codeowners => new(calls);

    public V1.Components.ComponentsClient Components => new(calls);

    public V1.Contracts.ContractsClient Contracts => new(calls);

    public V1.EscalationPolicies.EscalationPoliciesClient EscalationPolicies => new(calls);

    public V1.HolidayCalendars.HolidayCalendarsClient HolidayCalendars => new(calls);

    public V1.Insights.InsightsClient Insights => new(calls);

    public V1.NotificationRules.NotificationRulesClient NotificationRules => new(calls);

    public V1.Notifications.NotificationsClient Notifications => new(calls);

    public V1.Obligations.ObligationsClient Obligations => new(calls);

    public V1.Owners.OwnersClient Owners => new(calls);

    public V1.OwnershipGaps.OwnershipGapsClient OwnershipGaps => new(calls);

    public V1.Parties.PartiesClient Parties => new(calls);

    public V1.Responsibilities.ResponsibilitiesClient Responsibilities => new(calls);

    public V1.Revisions.RevisionsClient Revisions => new(calls);

    public V1.Schedules.SchedulesClient Schedules => new(calls);

    public V1.Statements.StatementsClient Statements => new(calls);

    public V1.Systems.SystemsClient Systems => new(calls);

    public V1.TimeEntries.TimeEntriesClient TimeEntries => new(calls);

    public V1.WebhookEndpoints.WebhookEndpointsClient WebhookEndpoints => new(calls);
}
