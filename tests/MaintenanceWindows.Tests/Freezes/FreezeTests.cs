using Governance.Common.V1;
using Governance.Testing;
using Governance.Windows.V1;
using Shouldly;
using Xunit;
using static Governance.MaintenanceWindows.Tests.WindowsEstate;

namespace Governance.MaintenanceWindows.Tests.Freezes;

public sealed class FreezeTests(WindowsEstate estate) : IClassFixture<WindowsEstate>
{
    [Fact]
    public async Task CreateFreeze_WithEverythingSet_ReadsBackTheSame()
    {
        var wanted = PeakSeason("components/frozen");
        wanted.Exemptions.Add(new FreezeExemption { Kinds = { ChangeKind.Patch }, MinimumSeverity = Severity.High });
        wanted.OverridePolicy = new OverridePolicy { Roles = { "engineer" }, ApprovalsNeeded = 2 };

        await estate.Admin.Freezes.CreateFreezeAsync(new() { Freeze = wanted, FreezeId = "all-frozen" });
        var read = await estate.Admin.Freezes.GetFreezeAsync(new() { Name = "freezes/all-frozen" });

        read.State.ShouldBe(Freeze.Types.State.Active);
        (read.Name, read.State, read.Etag, read.CreateTime, read.UpdateTime) = ("", default, "", null, null);
        read.UnknownComponents.Clear();
        read.ShouldBe(wanted);
    }

    [Fact]
    public async Task CreateFreeze_WithManyFaults_NamesAllOfThemAtOnce()
    {
        var wrong = PeakSeason("frozen");
        (wrong.End, wrong.Reason, wrong.TimeZone) = ("2026-11-19", "", "Europe/Wien");
        wrong.OverridePolicy = new OverridePolicy { Roles = { "king" } };

        var refusal = await Refusal.OfAsync(estate.Admin.Freezes.CreateFreezeAsync(new() { Freeze = wrong }));

        refusal.Fields.ShouldBe(
            ["freeze.reason", "freeze.end", "freeze.time_zone", "freeze.scope.components[0]", "freeze.override_policy.roles[0]"],
            ignoreOrder: true);
    }

    [Theory]
    [InlineData("", 0, "freeze.end")]
    [InlineData("2026-12-02", 3600, "freeze.end")]
    [InlineData("2026-12-02T00:00:00Z", 0, "freeze.end")]
    public async Task CreateFreeze_WithoutOneEnd_NamesIt(string end, long duration, string field)
    {
        var freeze = PeakSeason();
        freeze.End = end;
        freeze.Duration = duration == 0 ? null : Seconds(duration);

        (await Refusal.OfAsync(estate.Admin.Freezes.CreateFreezeAsync(new() { Freeze = freeze }))).Fields.ShouldBe([field]);
    }

    [Fact]
    public async Task DeleteFreeze_StaysReadableAsLifted()
    {
        await estate.Admin.Freezes.CreateFreezeAsync(new() { Freeze = PeakSeason(), FreezeId = "lifting" });

        var lifted = await estate.Admin.Freezes.DeleteFreezeAsync(new() { Name = "freezes/lifting", Reason = "Campaign was cancelled" });

        lifted.State.ShouldBe(Freeze.Types.State.Lifted);
        var names = (await estate.Admin.Freezes.ListFreezesAsync(new() { PageSize = 1000 })).Freezes.Select(freeze => freeze.Name);
        names.ShouldNotContain("freezes/lifting");
        names = (await estate.Admin.Freezes.ListFreezesAsync(new() { PageSize = 1000, ShowLifted = true })).Freezes.Select(freeze =>
            freeze.Name);
        names.ShouldContain("freezes/lifting");
    }

    [Fact]
    public async Task UpdateFreeze_OfAYearlyRecurrence_KeepsItsCivilEnd()
    {
        var freeze = PeakSeason();
        freeze.Recurrence = "FREQ=YEARLY";
        await estate.Admin.Freezes.CreateFreezeAsync(new() { Freeze = freeze, FreezeId = "yearly" });

        var updated = await estate.Admin.Freezes.UpdateFreezeAsync(new()
        {
            Freeze = new() { Name = "freezes/yearly", End = "2026-12-03" },
            UpdateMask = new() { Paths = { "end" } },
        });

        (updated.Start, updated.End, updated.Recurrence, updated.Etag).ShouldBe(("2026-11-20", "2026-12-03", "FREQ=YEARLY", "2"));
    }
}
