using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Governance.Ownership.V1;
using static Governance.Ownership.Tests.Scopes.ScopeWorld;
using Duty = Governance.Ownership.V1.Responsibility.Types.Duty;
using Kind = Governance.Ownership.V1.Recipient.Types.Kind;

namespace Governance.Ownership.Tests.Scopes;

/// <summary>Calls at what the scopes do not reach, in an order in which somebody with all rights can make every one.</summary>
internal static class ForeignRequests
{
    private const string Component = "components/foreign-checkout";
    private const string System = "systems/foreign-bank";
    private const string Vendor = "parties/foreign-vendor";
    private const string Contract = "contracts/foreign-contract";

    private const string Roster = """
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//tests//EN
        BEGIN:VEVENT
        UID:1@tests
        DTSTAMP:20260101T000000Z
        DTSTART:20260310T080000Z
        DTEND:20260317T080000Z
        SUMMARY:Ines Ott
        END:VEVENT
        END:VCALENDAR

        """;

    public static IEnumerable<IMessage> Of(
        ForeignNames names) => [.. Reads(names), .. Creations(), .. Changes(names), .. Settings(), .. Deletions(names)];

    /// <summary>What a vendor's people would do to their own to make it somebody else's.</summary>
    public static IEnumerable<IMessage> GivingAway() =>
    [
        new UpdateComponentRequest
        {
            Component = new Component { Name = "components/own-checkout", Owner = "parties/foreign-team" },
            UpdateMask = FieldMask.FromString("owner"),
        },
        new UpdateContractRequest
        {
            Contract = new Contract { Name = "contracts/own-contract", Party = Vendor },
            UpdateMask = FieldMask.FromString("party"),
        },
        new UpdateWebhookEndpointRequest
        {
            WebhookEndpoint = new WebhookEndpoint { Name = "webhookEndpoints/own-hook", Party = Vendor },
            UpdateMask = FieldMask.FromString("party"),
        },
    ];

    private static IEnumerable<IMessage> Reads(ForeignNames names) =>
    [
        new GetComponentRequest { Name = Component },
        new GetComponentRequest { Name = "components/foreign-past" },
        new GetComponentRequest { Name = "components/foreign-imported", At = names.Planned },
        new GetSystemRequest { Name = System },
        new GetApiRequest { Name = "apis/foreign-pay" },
        new GetPartyRequest { Name = Vendor },
        new GetPartyRequest { Name = "parties/foreign-team" },
        new GetResponsibilityRequest { Name = names.Duty },
        new GetContractRequest { Name = Contract },
        new ListTimeEntriesRequest { Parent = Contract },
        new GetStatementRequest { Name = Contract, Month = "2026-01" },
        new ListRevisionsRequest { Parent = Component },
        new ListRevisionsRequest { Parent = Vendor },
        new ListRevisionsRequest { Parent = Contract },
        new ResolveOwnerRequest { Name = Component },
        new CoverageForecastRequest { Component = Component },
        new OwnerOfPathRequest { Name = Component, Path = "a.cs" },
        new AssessVendorRequest { Name = Vendor },
        new SimulateExitRequest { Name = Vendor },
        new OwnershipMapRequest { Scope = Component },
        new OwnershipMapRequest { Scope = System },
        new OwnershipMapRequest { Scope = "parties/foreign-team" },
        new GetOwnershipGapRequest { Name = names.Gap },
        new GetNotificationRequest { Name = names.Notification },
        new GetWebhookEndpointRequest { Name = "webhookEndpoints/foreign-hook" },
    ];

    private static IEnumerable<IMessage> Creations() =>
    [
        new CreateComponentRequest
        {
            ComponentId = "foreign-new",
            Component = new Component { DisplayName = "New", System = System, Owner = Vendor },
        },
        new CreateSystemRequest { SystemId = "foreign-new", System = new V1.System { DisplayName = "New", Owner = Vendor } },
        new CreatePartyRequest { PartyId = "foreign-new", Party = new Party { DisplayName = "New", Kind = Party.Types.Kind.Vendor } },
        new CreateResponsibilityRequest { Responsibility = new Responsibility
        {
            Component = Component,
            Area = "apis",
            Party = "parties/own-vendor",
            Duty = Duty.Accountable,
        }, Replace = true },
        new CreateContractRequest
        {
            ContractId = "foreign-new",
            Contract = new Contract { DisplayName = "New", Party = Vendor, StartDate = "2026-01-01" },
        },
        new CreateWebhookEndpointRequest
        {
            WebhookEndpointId = "foreign-new",
            WebhookEndpoint = new WebhookEndpoint { DisplayName = "New", Party = Vendor, Url = "https://93.184.216.34/hook" },
        },
        new ImportScheduleRequest { Party = Vendor, Format = ScheduleFormat.Icalendar, Document = Document(Roster) },
        new ImportCodeownersRequest { Component = Component, Document = Document("* @shop/own-team\n") },
        new ImportTimeEntriesRequest { Parent = Contract, Document = Document("Date,Hours\n2026-01-11,1\n") },
    ];

    private static IEnumerable<IMessage> Changes(ForeignNames names) =>
    [
        new UpdateComponentRequest
        {
            Component = new Component { Name = Component, Owner = "parties/own-vendor" },
            UpdateMask = FieldMask.FromString("owner"),
        },
        new UpdateSystemRequest
        {
            System = new V1.System { Name = System, Owner = "parties/own-vendor" },
            UpdateMask = FieldMask.FromString("owner"),
        },
        new UpdatePartyRequest
        {
            Party = new Party { Name = Vendor, DisplayName = "Other" },
            UpdateMask = FieldMask.FromString("display_name"),
        },
        new UpdateResponsibilityRequest
        {
            Responsibility = new Responsibility { Name = names.Duty, Party = "parties/own-vendor" },
            UpdateMask = FieldMask.FromString("party"),
        },
        new UpdateContractRequest
        {
            Contract = new Contract { Name = Contract, DisplayName = "Other" },
            UpdateMask = FieldMask.FromString("display_name"),
        },
        new FulfilObligationRequest { Name = Contract, Obligation = "foreign-drill", Evidence = "https://example.com/report" },
        new CancelRevisionRequest { Parent = Component, EffectiveTime = names.Planned },
        new CancelRevisionRequest { Parent = Vendor, EffectiveTime = names.Planned },
        new CancelRevisionRequest { Parent = Contract, EffectiveTime = names.Planned },
        new AcknowledgeNotificationRequest { Name = names.Notification },
        new ResendNotificationRequest { Name = names.Notification },
        new UpdateWebhookEndpointRequest
        {
            WebhookEndpoint = new WebhookEndpoint { Name = "webhookEndpoints/foreign-hook", DisplayName = "Other" },
            UpdateMask = FieldMask.FromString("display_name"),
        },
        new RotateWebhookSecretRequest { Name = "webhookEndpoints/foreign-hook" },
    ];

    /// <summary>What is of everybody, and so of nobody whose role has a scope.</summary>
    private static IEnumerable<IMessage> Settings()
    {
        var chain = new EscalationPolicy.Types.Chain
        {
            Levels = { new EscalationPolicy.Types.Level { Targets = { new EscalationPolicy.Types.Target { Party = Vendor } } } },
        };
        var rule = new NotificationRule
        {
            DisplayName = "New",
            Occasion = NotificationRule.Types.Occasion.GapOpened,
            Channels = { Notification.Types.Channel.Email },
            Recipients = { new Recipient { Kind = Kind.Party, Party = Vendor } },
        };
        return
        [
            new CreateAreaRequest { AreaId = "foreign-area", Area = new Area { DisplayName = "New" } },
            new UpdateAreaRequest { Area = new Area { Name = "areas/foreign-area", DisplayName = "Other" } },
            new DeleteAreaRequest { Name = "areas/foreign-area" },
            new CreateHolidayCalendarRequest
            {
                HolidayCalendarId = "foreign-days",
                HolidayCalendar = new HolidayCalendar { DisplayName = "New" },
            },
            new UpdateHolidayCalendarRequest
            {
                HolidayCalendar = new HolidayCalendar { Name = "holidayCalendars/foreign-days", DisplayName = "Other" },
            },
            new DeleteHolidayCalendarRequest { Name = "holidayCalendars/foreign-days" },
            new CreateEscalationPolicyRequest
            {
                EscalationPolicyId = "foreign-path",
                EscalationPolicy = new EscalationPolicy { DisplayName = "New", Chains = { chain } },
            },
            new UpdateEscalationPolicyRequest
            {
                EscalationPolicy = new EscalationPolicy { Name = "escalationPolicies/foreign-path", DisplayName = "Other" },
                UpdateMask = FieldMask.FromString("display_name"),
            },
            new DeleteEscalationPolicyRequest { Name = "escalationPolicies/foreign-path" },
            new CreateNotificationRuleRequest { NotificationRuleId = "foreign-rule", NotificationRule = rule },
            new UpdateNotificationRuleRequest
            {
                NotificationRule = new NotificationRule { Name = "notificationRules/foreign-rule", DisplayName = "Other" },
                UpdateMask = FieldMask.FromString("display_name"),
            },
            new DeleteNotificationRuleRequest { Name = "notificationRules/foreign-rule" },
        ];
    }

    private static IEnumerable<IMessage> Deletions(ForeignNames names) =>
    [
        new DeleteWebhookEndpointRequest { Name = "webhookEndpoints/foreign-hook" },
        new DeleteResponsibilityRequest { Name = names.Duty },
        new DeleteContractRequest { Name = Contract, Reason = "Over." },
        new DeleteComponentRequest { Name = Component },
        new DeleteSystemRequest { Name = System },
        new DeletePartyRequest { Name = Vendor },
    ];
}
