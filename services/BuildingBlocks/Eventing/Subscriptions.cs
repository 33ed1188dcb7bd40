using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Persistence;

namespace Governance.BuildingBlocks.Eventing;

/// <summary>What this service listens to: owners, their topics, and a route per type of event.</summary>
internal sealed class Subscriptions<TDb>(ServiceEntry service)
    where TDb : GovernanceDbContext
{
    private readonly Dictionary<string, List<EventRoute<TDb>>> _routes = [];
    private readonly Dictionary<string, List<ICopySweep<TDb>>> _sweeps = [];
    private readonly SortedDictionary<string, ServiceEntry> _owners = new(StringComparer.Ordinal);

    public ServiceEntry Service { get; } = service;

    /// <summary>The services whose events are read.</summary>
    public IReadOnlyCollection<ServiceEntry> Owners => _owners.Values;

    /// <summary>The topics that the sidecar is asked for, dead letters apart.</summary>
    public IEnumerable<string> Topics => _owners.Values.Select(owner => owner.Topic).Append(ServiceCatalog.ControlTopic);

    public void Add(ServiceEntry? owner, EventRoute<TDb> route)
    {
        if (!_routes.TryGetValue(route.Type.FullName, out var routes)) _routes[route.Type.FullName] = routes = [];
        routes.Add(route);
        if (owner is null) return;
        _owners[owner.Name] = owner;
        if (route is not ICopySweep<TDb> sweep) return;
        if (!_sweeps.TryGetValue(owner.Name, out var sweeps)) _sweeps[owner.Name] = sweeps = [];
        sweeps.Add(sweep);
    }

    public IReadOnlyList<EventRoute<TDb>> RoutesOf(string type) => _routes.TryGetValue(type, out var routes) ? routes : [];

    /// <summary>How deliveries of a type may share commits: as freely as the strictest of its routes allows.</summary>
    public CommitSharing SharingOf(string type) => _routes.TryGetValue(type, out var routes)
        ? routes.Min(route => route.Sharing)
        : CommitSharing.Freely;

    public IReadOnlyList<ICopySweep<TDb>> SweepsOf(string owner) => _sweeps.TryGetValue(owner, out var sweeps) ? sweeps : [];

    public bool Reads(string owner) => _owners.ContainsKey(owner);
}
