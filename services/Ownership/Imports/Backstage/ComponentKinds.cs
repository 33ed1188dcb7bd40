using Governance.Ownership.V1;

namespace Governance.Ownership.Imports.Backstage;

/// <summary>What Backstage's free words for types and lifecycles are here.</summary>
internal static class ComponentKinds
{
    public static Component.Types.Kind Of(string kind, string? type) => (kind, type) switch
    {
        (_, "website" or "storefront") => Component.Types.Kind.Storefront,
        (_, "library") => Component.Types.Kind.Library,
        (_, "order-management") => Component.Types.Kind.OrderManagement,
        (_, "integration") => Component.Types.Kind.Integration,
        (_, "external-service") => Component.Types.Kind.ExternalService,
        ("Resource", "database" or "cache" or "queue" or "bucket" or "s3-bucket" or "search") => Component.Types.Kind.DataStore,
        ("Resource", _) => Component.Types.Kind.Infrastructure,
        _ => Component.Types.Kind.Service,
    };

    public static Component.Types.Lifecycle LifecycleOf(string? word) => word switch
    {
        "experimental" => Component.Types.Lifecycle.Experimental,
        "deprecated" => Component.Types.Lifecycle.Deprecated,
        "retired" => Component.Types.Lifecycle.Retired,
        _ => Component.Types.Lifecycle.Production,
    };
}
