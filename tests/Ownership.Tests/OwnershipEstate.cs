using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Persistence;
using Governance.Ownership.V1;
using Governance.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Governance.Ownership.Tests;

/// <summary>The real service with a clock, a pub/sub and callers of the test's own.</summary>
internal sealed class OwnershipEstate : IAsyncDisposable
{
    private OwnershipEstate(TestEstate estate) => Estate = estate;

    public TestEstate Estate { get; }

    public TestHost Host => Estate[ServiceCatalog.Ownership];

    public OwnershipClients Admin => As(Callers.Admin);

    public Instant Now => Instant.FromDateTimeOffset(Estate.Clock.GetUtcNow());

    public static async Task<OwnershipEstate> StartAsync(Action<IServiceCollection>? overrides = null)
    {
        var estate = await TestEstate.StartAsync();
        await estate.StartAsync(OwnershipDefinition.Value, overrides: overrides);
        return new OwnershipEstate(estate);
    }

    public OwnershipClients As(Caller caller) => new(Host.As(caller));

    /// <summary>A component with the owner and tier; anything else by <paramref name="more"/>.</summary>
    public async Task<Component> ComponentAsync(string id, string owner = "", int tier = 2, Action<Component>? more = null)
    {
        var component = new Component { DisplayName = id, Owner = owner, Tier = tier };
        more?.Invoke(component);
        return await Admin.Components.CreateComponentAsync(new CreateComponentRequest { Component = component, ComponentId = id });
    }

    /// <summary>A party by what the service itself writes.</summary>
    public Task PartyAsync(string id, Party.Types.Kind kind = Party.Types.Kind.Team, Action<Party>? more = null)
    {
        var party = new Party { DisplayName = id, Kind = kind };
        more?.Invoke(party);
        return Host.Services.GetRequiredService<Writes<OwnershipDb>>().RunAsync(
            "EnterParty",
            async (unit, ct) => await unit.AddAsync(Parties.Party.Create(id, party, "", unit.Now), ct),
            CancellationToken.None);
    }

    public async Task<Responsibility> AssignAsync(
        string component, string area, string party, Responsibility.Types.Duty duty, Instant? from =
            null, Instant? until = null, bool replace = false) =>
        await Admin.Responsibilities.CreateResponsibilityAsync(new CreateResponsibilityRequest
        {
            Replace = replace,
            Responsibility = new Responsibility
            {
                Component = component,
                Area = area,
                Party = party,
                Duty = duty,
                From = from?.ToStamp(),
                Until = until?.ToStamp(),
            },
        });

    /// <summary>What no call shows.</summary>
    public async Task<T> ReadAsync<T>(Func<OwnershipDb, T> read)
    {
        await using var db = await Host.Services.GetRequiredService<IDbContextFactory<OwnershipDb>>().CreateDbContextAsync();
        return read(db);
    }

    public ValueTask DisposeAsync() => Estate.DisposeAsync();
}

internal static class Stamps
{
    public static Google.Protobuf.WellKnownTypes.Timestamp ToStamp(this Instant instant) =>
        BuildingBlocks.Names.ProtoTime.ToTimestamp(instant);
}
