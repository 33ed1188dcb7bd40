using Google.Protobuf;
using Governance.BuildingBlocks.Eventing;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Neighbours;
using Governance.BuildingBlocks.Operators;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Writing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Governance.BuildingBlocks.Hosting;

/// <summary>Collects what a service is made of.</summary>
/// <typeparam name="TDb">The service's database.</typeparam>
public sealed class ServiceBuilder<TDb>
    where TDb : GovernanceDbContext
{
    private readonly ServiceEntry _service;
    private readonly List<Action<IServiceCollection>> _services = [];
    private readonly List<Action<WebApplication>> _endpoints = [];
    private readonly List<Action<Subscriptions<TDb>>> _routes = [];

    private readonly List<FollowerDeclaration> _followers = [];

    internal ServiceBuilder(ServiceEntry service) => _service = service;

    internal IReadOnlyList<FollowerDeclaration> Followers => _followers;

    /// <summary>Adds the service's own services: caches, planners, hosted workers. Singletons, as a rule.</summary>
    public ServiceBuilder<TDb> Services(Action<IServiceCollection> add)
    {
        _services.Add(add);
        return this;
    }

    /// <summary>Adds middleware between routing and the endpoints.</summary>
    public ServiceBuilder<TDb> Pipeline(Action<IApplicationBuilder> use)
    {
        _endpoints.Insert(0, use);
        return this;
    }

    /// <summary>Serves a gRPC class.</summary>
    public ServiceBuilder<TDb> Grpc<TApi>()
        where TApi : class
    {
        _services.Add(services => services.TryAddSingleton<TApi>());
        _endpoints.Add(app => app.MapGrpcService<TApi>());
        return this;
    }

    /// <summary>Maps plain HTTP/1.1 endpoints, such as calendar feeds.</summary>
    public ServiceBuilder<TDb> Http(Action<IEndpointRouteBuilder> map)
    {
        _endpoints.Add(map);
        return this;
    }

    /// <summary>Handles an owner's events of one type.</summary>
    public ServiceBuilder<TDb> Handle<TEvent, THandler>(ServiceEntry from)
        where TEvent : class, IMessage<TEvent>, new()
        where THandler : class, IEventHandler<TDb, TEvent>
    {
        _services.Add(services => services.TryAddSingleton<THandler>());
        return Route(from, () => new HandlerRoute<TDb, TEvent, THandler>());
    }

    /// <summary>Keeps read copies of an owner's resources.</summary>
    public ServiceBuilder<TDb> Copy<TEvent, TCopy>(ServiceEntry from)
        where TEvent : class, IMessage<TEvent>, new()
        where TCopy : Copy<TEvent>, new() =>
        Route(from, () => new CopyRoute<TDb, TEvent, TCopy>());

    /// <summary>Keeps read copies of an owner's resources, and acts on their changes in the same commit.</summary>
    public ServiceBuilder<TDb> Copy<TEvent, TCopy, TReaction>(ServiceEntry from)
        where TEvent : class, IMessage<TEvent>, new()
        where TCopy : Copy<TEvent>, new()
        where TReaction : class, ICopyReaction<TDb, TCopy>
    {
        _services.Add(services => services.TryAddSingleton<TReaction>());
        return Route(from, () => new ReactingCopyRoute<TDb, TEvent, TCopy, TReaction>());
    }

    /// <summary>
    /// Declares a consequence: the follower runs in every write that changes one of the kinds, after the work and after the followers
    /// that were declared before it.
    /// </summary>
    /// <param name="kinds">Aggregates, copies, rows, or what several of them have in common; all of them come in one pass.</param>
    public ServiceBuilder<TDb> Follow<TFollower>(params Type[] kinds)
        where TFollower : class, IFollow<TDb>
    {
        if (kinds.Length == 0) throw new ArgumentException($"{typeof(TFollower).Name} follows nothing.", nameof(kinds));
        if (_followers.Exists(one => one.Follower == typeof(TFollower)))
        {
            throw new ArgumentException($"{typeof(TFollower).Name} is declared twice, and passes once.", nameof(kinds));
        }
        _followers.Add(new FollowerDeclaration(typeof(TFollower), kinds));
        _services.Add(services => services.TryAddSingleton<TFollower>());
        return this;
    }

    /// <summary>Republishes what is no aggregate; aggregates are found in the model.</summary>
    public ServiceBuilder<TDb> Republish<TSource>()
        where TSource : class, IRepublishSource<TDb>
    {
        _services.Add(services => services.AddSingleton<IRepublishSource<TDb>, TSource>());
        return this;
    }

    internal void AddTo(IServiceCollection services) => _services.ForEach(add => add(services));

    internal void MapTo(WebApplication app) => _endpoints.ForEach(map => map(app));

    internal Subscriptions<TDb> Subscriptions()
    {
        var subscriptions = new Subscriptions<TDb>(_service);
        _routes.ForEach(add => add(subscriptions));
        ControlRoutes.Add(subscriptions);
        subscriptions.Add(null, new AuditHeadRoute<TDb>());
        return subscriptions;
    }

    private ServiceBuilder<TDb> Route(ServiceEntry from, Func<EventRoute<TDb>> route)
    {
        _routes.Add(subscriptions => subscriptions.Add(from, route()));
        return this;
    }
}
