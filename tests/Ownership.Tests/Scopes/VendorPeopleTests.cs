using Google.Protobuf.WellKnownTypes;
using Governance.Ownership.Tests.Notifications;
using Governance.Ownership.V1;
using Governance.Testing;
using Grpc.Core;
using NodaTime;
using Shouldly;
using Xunit;
using Duty = Governance.Ownership.V1.Responsibility.Types.Duty;

namespace Governance.Ownership.Tests.Scopes;

/// <summary>A vendor's people on components that their party has to do with and that are others'.</summary>
public sealed class VendorPeopleTests : IAsyncLifetime
{
    private NotifyingEstate _notifying = null!;

    private OwnershipEstate Estate => _notifying.Estate;

    private OwnershipClients Vendor => Estate.As(Callers.Person("vee", "architect@parties/acme"));

    public async Task InitializeAsync()
    {
        _notifying = await NotifyingEstate.StartAsync();
        await Estate.PartyAsync("acme", Party.Types.Kind.Vendor);
        await Estate.PartyAsync("rival", Party.Types.Kind.Vendor, party => party.Contacts.Add(new Contact { Email = "desk@example.com" }));
        await _notifying.HookedPartyAsync("shop");
    }

    public async Task DisposeAsync() => await _notifying.DisposeAsync();

    [Fact]
    public async Task AcknowledgeAndResend_OfWhatTheOwnerWasTold_AreRefusedToThoseWhoMerelySeeTheComponent()
    {
        await Estate.ComponentAsync("checkout", "parties/shop");
        await Estate.AssignAsync("checkout", "hosting", "acme", Duty.Informed);
        await _notifying.DeliverAsync(NotifyingEstate.Waiting("r1"));
        var told = (await _notifying.ToldAsync("rollouts/r1", 1, Notification.Types.State.Sent))[0];
        (await Vendor.Notifications.GetNotificationAsync(new GetNotificationRequest { Name = told.Name })).Party.ShouldBe("parties/shop");

        var acknowledge = new AcknowledgeNotificationRequest { Name = told.Name };
        (await Refusal.OfAsync(Vendor.Notifications.AcknowledgeNotificationAsync(acknowledge))).Code.ShouldBe(StatusCode.PermissionDenied);
        (await Refusal.OfAsync(Vendor.Notifications.ResendNotificationAsync(new ResendNotificationRequest { Name = told.Name }))).Code
            .ShouldBe(StatusCode.PermissionDenied);

        (await Estate.As(Callers.Person("ines", "engineer@parties/shop")).Notifications
            .AcknowledgeNotificationAsync(acknowledge)).Acknowledger.ShouldBe("users/ines");
    }

    [Fact]
    public async Task ResolveOwner_WhereAnotherVendorAnswers_TellsWhoAndNothingOfItsContract()
    {
        await Estate.ComponentAsync("checkout", "parties/rival");
        await Estate.AssignAsync("checkout", "apis", "acme", Duty.Responsible);
        var care = new Contract { DisplayName = "Care", Party = "parties/rival", StartDate = "2026-01-01" };
        await Estate.Admin.Contracts.CreateContractAsync(
            new CreateContractRequest { ContractId = "rival-care", Contract = care, Defaults = true });
        var question = new ResolveOwnerRequest { Name = "components/checkout", Area = "hosting", Severity = ServiceSeverity.S1 };

        var theirs = await Vendor.Owners.ResolveOwnerAsync(question);
        var inside = await Estate.As(Callers.Person("eve", "viewer@components/checkout")).Owners.ResolveOwnerAsync(question);

        theirs.Accountable.Party.ShouldBe("parties/rival");
        theirs.ToString().ShouldNotContain("contracts/");
        (theirs.Accountable.ResponseDeadline, theirs.Accountable.Contacts.Count).ShouldBe((null, 0));
        (inside.Accountable.Contract, inside.Accountable.ResponseDeadline is null, inside.Accountable.Contacts.Count).ShouldBe(
            ("contracts/rival-care", false, 1));
        inside.Reasons.Count.ShouldBe(theirs.Reasons.Count + 2, "the contract and its service level");
    }

    [Fact]
    public async Task SimulateExit_NamesNeitherWhatLiesBetweenNorWhatIsOnlyPlanned()
    {
        await Estate.ComponentAsync("payments", "parties/acme");
        await Estate.ComponentAsync("middle", "parties/rival", more: one => one.DependsOn.Add("components/payments"));
        await Estate.ComponentAsync("far", "parties/shop", more: one => one.DependsOn.Add("components/middle"));
        await Estate.AssignAsync("far", "hosting", "acme", Duty.Consulted);
        await Estate.ComponentAsync("coming", "parties/shop");
        await Estate.Admin.Components.UpdateComponentAsync(new UpdateComponentRequest
        {
            Component = new Component { Name = "components/coming", Owner = "parties/acme" },
            UpdateMask = FieldMask.FromString("owner"),
            EffectiveTime = Instant.FromUtc(2026, 6, 1, 0, 0).ToStamp(),
        });
        var exit = new SimulateExitRequest { Name = "parties/acme", Date = "2026-06-30" };

        var theirs = await Vendor.Insights.SimulateExitAsync(exit);
        var all = await Estate.Admin.Insights.SimulateExitAsync(exit);

        theirs.Affected.Select(one => (one.Component, one.Distance, one.Via)).ShouldBe([("components/far", 2, "")]);
        (theirs.Losses.Single().Component, theirs.LossCount, theirs.OrphanedCount).ShouldBe(("components/payments", 1, 12));
        all.Affected.Select(one => one.Via).ShouldBe(["components/payments", "components/middle"]);
        all.Losses.Select(one => one.Component).ShouldBe(["components/coming", "components/payments"]);
    }

    [Fact]
    public async Task UpdateParty_ToBeTheOneThatComesLast_IsNotForItsOwnPeople()
    {
        var chosen = new UpdatePartyRequest
        {
            Party = new Party { Name = "parties/acme", Labels = { ["default"] = "" } },
            UpdateMask = FieldMask.FromString("labels"),
        };
        var renamed = new UpdatePartyRequest
        {
            Party = new Party { Name = "parties/acme", DisplayName = "Acme" },
            UpdateMask = FieldMask.FromString("display_name"),
        };
        var withdrawn = new UpdatePartyRequest { Party = new Party { Name = "parties/acme" }, UpdateMask = FieldMask.FromString("labels") };

        (await Refusal.OfAsync(Vendor.Parties.UpdatePartyAsync(chosen))).Code.ShouldBe(StatusCode.PermissionDenied);
        await Estate.Admin.Parties.UpdatePartyAsync(chosen);
        (await Vendor.Parties.UpdatePartyAsync(renamed)).DisplayName.ShouldBe("Acme");
        (await Refusal.OfAsync(Vendor.Parties.UpdatePartyAsync(withdrawn))).Code.ShouldBe(StatusCode.PermissionDenied);
    }
}
