using System.Text;
using Google.Api;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Governance.Ownership.Tests.Gaps;
using Governance.Ownership.Tests.Imports;
using Governance.Ownership.Tests.Notifications;
using Governance.Ownership.V1;
using Governance.Testing;
using Duration = NodaTime.Duration;
using Duty = Governance.Ownership.V1.Responsibility.Types.Duty;

namespace Governance.Ownership.Tests.Scopes;

/// <summary>Two of everything: one that the callers' scopes reach, `own-…`, and one that they do not, `foreign-…`.</summary>
internal sealed class ScopeWorld : IAsyncDisposable
{
    public const string Own = "own-";
    public const string Foreign = "foreign";
    public const string Source = "cat";
    private readonly NotifyingEstate _notifying;

    private ScopeWorld(NotifyingEstate notifying) => _notifying = notifying;

    public OwnershipEstate Estate => _notifying.Estate;

    public OwnershipClients Admin => Estate.Admin;

    /// <summary>What the service names by itself.</summary>
    public ForeignNames Names { get; private set; } = ForeignNames.None;

    public static async Task<ScopeWorld> BuildAsync()
    {
        var world = new ScopeWorld(await NotifyingEstate.StartAsync());
        await world.EnterAsync("own", "own-shop");
        await world.EnterAsync(Foreign, "foreign-bank", dependsOn: "components/own-checkout");
        await world.OnceAsync();
        await world.CatalogueAsync();
        await world.PlanAsync();
        await world.NoteAsync();
        return world;
    }

    public ValueTask DisposeAsync() => _notifying.DisposeAsync();

    /// <summary>A system with a component that a vendor owns under contract, and what belongs to them.</summary>
    private async Task EnterAsync(string whose, string system, string dependsOn = "")
    {
        var vendor = $"parties/{whose}-vendor";
        await Estate.PartyAsync($"{whose}-team", more: party => party.Contacts.Add(new Contact { Email = $"team@{whose}-mail.example" }));
        await Estate.PartyAsync(
            $"{whose}-vendor", Party.Types.Kind.Vendor, party => party.Contacts.Add(new Contact { Email = $"desk@{whose}-mail.example" }));
        await Admin.Systems.CreateSystemAsync(new CreateSystemRequest
        {
            SystemId = system,
            System = new V1.System { DisplayName = system, Owner = $"parties/{whose}-team" },
        });
        await Estate.ComponentAsync($"{whose}-checkout", vendor, more: one =>
        {
            one.System = $"systems/{system}";
            if (dependsOn.Length > 0) one.DependsOn.Add(dependsOn);
        });
        var duty = await Estate.AssignAsync($"{whose}-checkout", "hosting", $"{whose}-vendor", Duty.Responsible);
        if (whose == Foreign) Names = Names with { Duty = duty.Name };
        await Admin.Contracts.CreateContractAsync(new CreateContractRequest
        {
            ContractId = $"{whose}-contract",
            Contract = new Contract
            {
                DisplayName = $"{whose}-care",
                Party = vendor,
                InternalOwner = $"parties/{whose}-team",
                StartDate = "2026-01-01",
                Retainer = new Retainer { Minutes = 600 },
                Obligations = { new Obligation
                {
                    Id = $"{whose}-drill",
                    Phase = Obligation.Types.Phase.Recurring,
                    Kind = Obligation.Types.Kind.RecoveryExercise,
                    DueDate = "2026-06-30",
                    EveryMonths = 12,
                } },
            },
        });
        await _notifying.EndpointAsync($"{whose}-hook", vendor);
        await Admin.Codeowners.ImportCodeownersAsync($"components/{whose}-checkout", $"* @shop/{whose}-team\n");
        using var sheet = Admin.TimeEntries.ImportTimeEntries();
        await sheet.RequestStream.WriteAsync(new ImportTimeEntriesRequest
        {
            Parent = $"contracts/{whose}-contract",
            Document = Document($"Date,Hours,Id\n2026-01-10,1,{whose}-1\n"),
        });
        await sheet.RequestStream.CompleteAsync();
        await sheet;
    }

    /// <summary>What the vendor had to do with once, and has not any more.</summary>
    private async Task OnceAsync()
    {
        await Estate.ComponentAsync("foreign-past", "parties/foreign-team", more: one => one.System = "systems/foreign-bank");
        await Estate.AssignAsync("foreign-past", "hosting", "own-vendor", Duty.Responsible, until: Estate.Now - Duration.FromDays(1));
    }

    /// <summary>What one source listed of both.</summary>
    private async Task CatalogueAsync()
    {
        await Admin.Catalogs.ImportCsvAsync(
            "name,owner,system,dependsOn\nown-imported,own-vendor,own-shop,\nforeign-imported,foreign-vendor,foreign-bank,foreign-missing\n",
            Source);
        await Admin.Catalogs.ImportYamlAsync(
            """
            { apiVersion: backstage.io/v1alpha1, kind: API, metadata: { name: own-pay }, spec: { type: openapi, lifecycle: production, owner: own-vendor, system: own-shop, definition: x } }
            ---
            { apiVersion: backstage.io/v1alpha1, kind: API, metadata: { name: foreign-pay }, spec: { type: openapi, lifecycle: production, owner: foreign-vendor, system: foreign-bank, definition: x } }
            """,
            "apis");
    }

    private async Task PlanAsync()
    {
        var planned = (Estate.Now + Duration.FromDays(10)).ToStamp();
        Names = Names with { Planned = planned };
        await Admin.Components.UpdateComponentAsync(new UpdateComponentRequest
        {
            Component = new Component { Name = "components/foreign-checkout", Description = "planned" },
            UpdateMask = FieldMask.FromString("description"),
            EffectiveTime = planned,
        });
        await Admin.Parties.UpdatePartyAsync(new UpdatePartyRequest
        {
            Party = new Party { Name = "parties/foreign-vendor", Description = "planned" },
            UpdateMask = FieldMask.FromString("description"),
            EffectiveTime = planned,
        });
        await Admin.Contracts.UpdateContractAsync(new UpdateContractRequest
        {
            Contract = new Contract { Name = "contracts/foreign-contract", Retainer = new Retainer { Minutes = 60 } },
            UpdateMask = FieldMask.FromString("retainer"),
            EffectiveTime = planned,
        });
    }

    /// <summary>What the service finds and tells by itself.</summary>
    private async Task NoteAsync()
    {
        await Estate.SettledAsync();
        foreach (var whose in new[] { "own", Foreign })
        {
            await _notifying.DeliverAsync(NotifyingEstate.Waiting($"{whose}-rollout", $"components/{whose}-checkout"));
            await Eventually.HoldsAsync(
                async () => (await _notifying.LogAsync($"rollouts/{whose}-rollout")).Count > 0, $"somebody is told of {whose}-rollout");
        }

        var told = (await _notifying.LogAsync("rollouts/foreign-rollout"))[0].Name;
        var gap =
            (await Admin.OwnershipGaps.ListOwnershipGapsAsync(
                new ListOwnershipGapsRequest { Party = "parties/foreign-vendor" })).OwnershipGaps
                .Concat((await Admin.OwnershipGaps.ListOwnershipGapsAsync(
                    new ListOwnershipGapsRequest { Component = "components/foreign-past" })).OwnershipGaps)
                .First().Name;
        Names = Names with { Notification = told, Gap = gap };
    }

    public static HttpBody Document(string text) => new() { Data = ByteString.CopyFrom(Encoding.UTF8.GetBytes(text)) };
}

/// <summary>Names of what is foreign, and the instant of what is planned for it.</summary>
internal sealed record ForeignNames(string Duty, string Gap, string Notification, Timestamp Planned)
{
    public static ForeignNames None { get; } = new("", "", "", new Timestamp());
}
