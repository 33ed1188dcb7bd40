using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Governance.Suite.LocalPubSub.Resources;

/// <summary>What the YAML files say about pub/sub. Reading reports every fault of every file at once.</summary>
internal sealed record DaprConfiguration(
    IReadOnlyList<PubSubComponent> Components,
    IReadOnlyList<SubscriptionDeclaration> Declarations,
    IReadOnlyList<Resiliency> Resiliencies)
{
    public PubSubComponent? Component(string name) => Components.FirstOrDefault(component => component.Name == name);

    public InboundPolicy InboundFor(string appId, string pubsub) => Resiliencies
        .Where(resiliency => resiliency.AppliesTo(appId) && resiliency.Inbound.ContainsKey(pubsub))
        .Select(resiliency => resiliency.Inbound[pubsub])
        .FirstOrDefault(InboundPolicy.None);

    /// <summary>
    /// The declared subscriptions of the given apps. Those of apps that are not here have no sidecar, so nothing is kept for them.
    /// </summary>
    public IReadOnlyList<Subscription> SubscriptionsOf(IEnumerable<string> appIds) =>
    [
        .. appIds.SelectMany(appId => Declarations
            .Where(declaration => declaration.AppliesTo(appId) && MaySubscribe(appId, declaration.Template))
            .Select(declaration => declaration.Template with { AppId = appId })),
    ];

    public bool MaySubscribe(string appId, Subscription subscription) =>
        Component(subscription.PubSub)?.MaySubscribe(appId, subscription.Topic) == true;

    /// <exception cref="LocalPubSubConfigurationException">Some file cannot be used; all faults are listed.</exception>
    public static DaprConfiguration Read(IEnumerable<DaprResource> resources)
    {
        var faults = new List<string>();
        var (components, declarations, resiliencies) =
            (new List<PubSubComponent>(), new List<SubscriptionDeclaration>(), new List<Resiliency>());
        foreach (var document in resources.SelectMany(resource => Documents(resource, faults)))
        {
            var version = document.Text("apiVersion");
            switch (document.Text("kind"))
            {
                case "Component" when document.Child("spec").Required("type").StartsWith("pubsub.", StringComparison.Ordinal):
                    components.Add(PubSubComponent.Read(document));
                    break;
                case "Subscription" when version is "dapr.io/v2alpha1" or "dapr.io/v1alpha1":
                    declarations.Add(SubscriptionDeclaration.Read(document));
                    break;
                case "Subscription":
                    document.Fault($"apiVersion '{version}' of a Subscription must be dapr.io/v2alpha1 or dapr.io/v1alpha1");
                    break;
                case "Resiliency":
                    resiliencies.Add(Resiliency.Read(document));
                    break;
            }
        }

        Check(components, declarations, faults);
        LocalPubSubConfigurationException.ThrowIfAny(faults);
        return new DaprConfiguration(components, declarations, resiliencies);
    }

    private static List<ResourceNode> Documents(DaprResource resource, List<string> faults)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(resource.Yaml));
        }
        catch (YamlException broken)
        {
            faults.Add($"{resource.Name}, line {broken.Start.Line}: {broken.Message}");
        }

        return [.. stream.Documents.Select(document => new ResourceNode(document.RootNode, resource.Name, "", faults))];
    }

    /// <summary>What would otherwise only show as silence: no component, no permission, two subscriptions to one topic.</summary>
    private static void Check(List<PubSubComponent> components, List<SubscriptionDeclaration> declarations, List<string> faults)
    {
        faults.AddRange(components.GroupBy(component => component.Name).Where(same => same.Count() > 1)
            .Select(same => $"the pub/sub component '{same.Key}' is defined {same.Count()} times"));
        faults.AddRange(declarations
            .SelectMany(declared =>
                declared.Scopes.DefaultIfEmpty("*").Select(app => (App: app, declared.Template.PubSub, declared.Template.Topic)))
            .GroupBy(key => key).Where(same => same.Count() > 1)
            .Select(same => $"app '{same.Key.App}' is subscribed to '{same.Key.Topic}' of '{same.Key.PubSub}' {same.Count()} times"));
        foreach (var (place, scopes, template) in declarations)
        {
            var component = components.Find(candidate => candidate.Name == template.PubSub);
            if (component is null)
            {
                faults.Add($"{place} spec.pubsubname names '{template.PubSub}', which no component has");
            }
            else
            {
                faults.AddRange(scopes.Where(app => !component.MaySubscribe(app, template.Topic))
                    .Select(app => $"{place} app '{app}' may not subscribe to '{template.Topic}' by the scopes of '{component.Name}'"));
            }
        }
    }
}
