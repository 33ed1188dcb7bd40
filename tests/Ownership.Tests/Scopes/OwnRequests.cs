using Google.Protobuf;
using Governance.Ownership.V1;
using static Governance.Ownership.Tests.Scopes.ScopeWorld;
using MapFormat = Governance.Ownership.V1.OwnershipMapRequest.Types.Format;

namespace Governance.Ownership.Tests.Scopes;

/// <summary>Calls that scoped callers may make.</summary>
internal static class OwnRequests
{
    private const string Component = "components/own-checkout";

    /// <summary>Of each, at least one of the callers sees something.</summary>
    public static IEnumerable<IMessage> Of() =>
    [
        new ListComponentsRequest(),
        new ListComponentsRequest { Owner = "parties/own-vendor" },
        new ListSystemsRequest(),
        new ListApisRequest(),
        new ListPartiesRequest(),
        new ListResponsibilitiesRequest(),
        new ListContractsRequest(),
        new ListObligationsRequest(),
        new ListTimeEntriesRequest { Parent = "contracts/own-contract" },
        new GetStatementRequest { Name = "contracts/own-contract", Month = "2026-01" },
        new ListRevisionsRequest { Parent = Component },
        new ListOwnershipGapsRequest(),
        new ListNotificationsRequest(),
        new ListWebhookEndpointsRequest(),
        new ResolveOwnerRequest { Name = Component },
        new CoverageForecastRequest { Component = Component },
        new OwnershipMapRequest(),
        new OwnershipMapRequest { Format = MapFormat.Mermaid },
        new OwnershipMapRequest { Format = MapFormat.Svg, Scope = Component },
        new OwnershipMapRequest { Scope = "systems/own-shop" },
        new OwnershipMapRequest { Scope = "parties/own-vendor" },
        new AssessVendorRequest { Name = "parties/own-vendor" },
        new SimulateExitRequest { Name = "parties/own-vendor" },
        new OwnerOfPathRequest { Name = Component, Path = "a.cs" },
    ];

    /// <summary>Their filters and documents reach for what lies outside; nothing of it may come back.</summary>
    public static IEnumerable<IMessage> AskingForForeign() =>
    [
        new ListComponentsRequest { System = "systems/foreign-bank" },
        new ListComponentsRequest { Owner = "parties/foreign-vendor" },
        new ListComponentsRequest { DependsOn = Component },
        new ListComponentsRequest { Source = Source },
        new ListComponentsRequest { Deleted = true },
        new ListPartiesRequest { Source = Source },
        new ListPartiesRequest { Kind = Party.Types.Kind.Vendor },
        new ListResponsibilitiesRequest { Component = "components/foreign-checkout" },
        new ListResponsibilitiesRequest { Party = "parties/foreign-vendor" },
        new ListContractsRequest { Party = "parties/foreign-vendor" },
        new ListObligationsRequest { Party = "parties/foreign-vendor" },
        new ListObligationsRequest { Contract = "contracts/foreign-contract" },
        new ListOwnershipGapsRequest { Party = "parties/foreign-vendor" },
        new ListOwnershipGapsRequest { Component = "components/foreign-past" },
        new ListNotificationsRequest { Component = "components/foreign-checkout" },
        new ListNotificationsRequest { Party = "parties/foreign-vendor" },
        new ListWebhookEndpointsRequest { Party = "parties/foreign-vendor" },
        new ImportCatalogRequest
        {
            Format = ImportCatalogRequest.Types.Format.Csv, Source = Source, Document = Document(
                "name,owner,system\nown-imported,own-vendor,own-shop\n"),
        },
        new ImportCatalogRequest
        {
            Format = ImportCatalogRequest.Types.Format.Csv, Source = Source, ValidateOnly = true, Document = Document(
                "name,owner,system\nown-imported,own-vendor,own-shop\n"),
        },
    ];
}
