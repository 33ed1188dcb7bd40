using Governance.BuildingBlocks.Security;
using Governance.Sample.V1;
using Governance.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.BuildingBlocks.Tests.Sample;

/// <summary>What the tests do with the sample services, by name.</summary>
internal static class Depot
{
    public static Caller Engineer { get; } = Callers.Person("engineer", "engineer");

    public static Lots.LotsClient Lots(this TestEstate estate, Caller? caller = null) =>
        new(estate[SampleServices.DepotEntry].As(caller ?? Engineer));

    public static Operations.OperationsClient Operations(this TestEstate estate) =>
        new(estate[SampleServices.DepotEntry].As(Callers.Admin));

    public static CreateLotRequest NewLot(string id, int capacity = 1, string component = "components/checkout") => new()
    {
        LotId = id,
        Lot = new Lot { DisplayName = $"Lot {id}", Capacity = capacity, Component = component },
    };

    public static async Task<T> ReadAsync<T>(this TestHost host, Func<SampleDb, Task<T>> read)
    {
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<SampleDb>>().CreateDbContextAsync();
        return await read(db);
    }

    public static Task<LotCopy?> CopyAsync(this TestEstate estate, string name) =>
        estate[SampleServices.FrontEntry].ReadAsync(db => db.Copies.AsNoTracking().SingleOrDefaultAsync(copy => copy.Name == name));

    public static Task<int> AppliedAsync(this TestEstate estate, string name) =>
        estate[SampleServices.FrontEntry].ReadAsync(db =>
            db.Applied.Where(applied => applied.Subject == name).Select(applied => applied.Count).SingleOrDefaultAsync());
}
