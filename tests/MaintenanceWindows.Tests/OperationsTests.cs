using Governance.Common.V1;
using Governance.Testing;
using Grpc.Core;
using Shouldly;
using Xunit;
using Client = Governance.Windows.V1.Operations.OperationsClient;

namespace Governance.MaintenanceWindows.Tests;

public sealed class OperationsTests(WindowsEstate estate) : IClassFixture<WindowsEstate>
{
    [Fact]
    public async Task EveryMutation_IsInAnIntactAuditChain_ThatCanBeExported()
    {
        await estate.Admin.Windows.CreateWindowAsync(new() { Window = WindowsEstate.TuesdayNights(), WindowId = "audited" });
        await estate.Admin.Windows.DeleteWindowAsync(new() { Name = "windows/audited", Reason = "No longer needed" });
        var operations = new Client(estate.Host.As(Callers.Person("ada", "auditor")));

        var listed = await operations.ListAuditEntriesAsync(new() { Resource = "windows/audited" });
        var verified = await operations.VerifyAuditAsync(new());
        using var export = operations.ExportAudit(new ExportAuditRequest());
        var exported = new List<AuditEntry>();
        await foreach (var entry in export.ResponseStream.ReadAllAsync()) exported.Add(entry);

        listed.Entries.Select(entry => entry.Action).ShouldBe(["DeleteWindow", "CreateWindow"]);
        listed.Entries[0].Reason.ShouldBe("No longer needed");
        (verified.Intact, verified.Entries).ShouldBe((true, exported.Count));
        exported.Zip(exported.Skip(1)).ShouldAllBe(pair => pair.Second.PreviousHash == pair.First.Hash);
    }

    [Fact]
    public async Task ApprovedOverride_IsInTheListOfApprovals()
    {
        var freeze = WindowsEstate.PeakSeason("components/listed");
        freeze.OverridePolicy = new();
        await estate.Admin.Freezes.CreateFreezeAsync(new() { Freeze = freeze, FreezeId = "listed" });
        var asked = await estate.As("ines", "engineer").Overrides.CreateOverrideAsync(new()
        {
            Parent = "freezes/listed",
            Override = new()
            {
                Components = { "components/listed" },
                Reason = "Payment provider rotates its certificate",
                ExpireTime = WindowsEstate.At("2026-11-25T00:00:00Z"),
            },
        });
        await estate.As("max", "approver").Overrides.ApproveOverrideAsync(new() { Name = asked.Name });

        var records = await new Client(estate.Host.As(Callers.Person("ada", "auditor"))).ListApprovalRecordsAsync(new());

        var record = records.Records.Single(one => one.Resource == asked.Name);
        (record.Requester, record.Approvals.Single().Approver).ShouldBe(("users/ines", "users/max"));
        record.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task EventStatus_AfterDelivery_HasNothingWaiting()
    {
        var operations = new Client(estate.Host.As(Callers.Admin));
        await estate.Admin.Windows.CreateWindowAsync(new() { Window = WindowsEstate.TuesdayNights() });

        await Eventually.HoldsAsync(async () => (await operations.GetEventStatusAsync(new())).OutboxDepth == 0, "the outbox is empty");
    }
}
