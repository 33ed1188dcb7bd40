using Governance.Ownership.V1;
using Governance.Testing;
using Grpc.Core;
using Shouldly;
using Xunit;
using State = Governance.Ownership.V1.OwnerOfPathResponse.Types.State;

namespace Governance.Ownership.Tests.Imports;

public sealed class ImportCodeownersTests : IAsyncLifetime
{
    private const string File = """
        *            @acme/platform
        /docs/       @jane writer@example.com
        /docs/old/
        !/secret     @jane
        *.lock       @acme/nobody
        """;

    private OwnershipEstate _estate = null!;

    private OwnershipClients Admin => _estate.Admin;

    public async Task InitializeAsync()
    {
        _estate = await OwnershipEstate.StartAsync();
        await _estate.ComponentAsync("checkout");
        await _estate.PartyAsync("platform");
        await _estate.PartyAsync("writers", more: party => party.Members.Add("users/jane"));
    }

    public async Task DisposeAsync() => await _estate.DisposeAsync();

    [Fact]
    public async Task Import_AFile_TellsRulesFindingsAndUnknownOwners()
    {
        var answer = await Admin.Codeowners.ImportCodeownersAsync("components/checkout", File);

        (answer.Rules, answer.FindingCount, answer.UnknownOwnerCount, answer.Unchanged).ShouldBe((4, 1, 2, false));
        var finding = answer.Findings.ShouldHaveSingleItem();
        (finding.Line, finding.Column, finding.Kind).ShouldBe((4, 1, "Invalid pattern"));
        answer.UnknownOwners.ShouldBe(["writer@example.com", "@acme/nobody"]);
        (await Admin.Codeowners.ImportCodeownersAsync("components/checkout", File)).Unchanged.ShouldBeTrue();
    }

    [Fact]
    public async Task OwnerOfPath_OwnedClearedAndUnmatched_AreThreeAnswers()
    {
        await Admin.Codeowners.ImportCodeownersAsync("components/checkout", File);

        var docs = await AskAsync("docs/start.md");
        (docs.State, docs.Line, docs.Pattern).ShouldBe((State.Owned, 2, "/docs/"));
        docs.Owners.Select(owner => (owner.Owner, string.Join(' ', owner.Parties)))
            .ShouldBe([("@jane", "parties/writers"), ("writer@example.com", "")]);
        docs.Parties.ShouldBe(["parties/writers"]);
        (await AskAsync("src/a.cs")).Parties.ShouldBe(["parties/platform"]);
        var old = await AskAsync("docs/old/a.md");
        (old.State, old.Line, old.Owners.Count).ShouldBe((State.Cleared, 3, 0));

        await Admin.Codeowners.ImportCodeownersAsync("components/checkout", "/docs/ @jane\n");
        (await AskAsync("src/a.cs")).State.ShouldBe(State.NoMatch);
        (await AskAsync("docs/old/a.md")).Line.ShouldBe(1);
    }

    [Fact]
    public async Task OwnerOfPath_OwnersThatACatalogueNamesOtherwise_AreItsParties()
    {
        await Admin.Catalogs.ImportYamlAsync("""
            apiVersion: backstage.io/v1alpha1
            kind: Group
            metadata: { name: storefront, annotations: { github.com/team-slug: acme/web } }
            spec: { type: team, children: [], profile: { email: web@acme.example } }
            ---
            apiVersion: backstage.io/v1alpha1
            kind: User
            metadata: { name: kim }
            spec: { memberOf: [storefront], profile: { displayName: Kim, email: kim@acme.example } }
            """);

        var answer = await Admin.Codeowners.ImportCodeownersAsync(
            "components/checkout", "a @ACME/web\nb kim@acme.example\nc @kim web@acme.example\n");

        answer.UnknownOwners.ShouldBeEmpty();
        foreach (var path in (string[])["a", "b", "c"]) (await AskAsync(path)).Parties.ShouldBe(["parties/storefront"], path);
        var party = await Admin.Parties.GetPartyAsync(new GetPartyRequest { Name = "parties/storefront" });
        party.Contacts.Select(contact => (contact.User, contact.Email))
            .ShouldBe([("", "web@acme.example"), ("users/kim", "kim@acme.example")]);
    }

    [Fact]
    public async Task OwnerOfPath_AfterAPartyChanged_GoesByWhatItIsCalledThen()
    {
        await Admin.Codeowners.ImportCodeownersAsync("components/checkout", "a @Acme/Web\nb @jane\nc web@acme.example\n");
        var party = await Admin.Parties.CreatePartyAsync(new CreatePartyRequest
        {
            PartyId = "storefront",
            Party = new Party
            {
                DisplayName = "Storefront",
                Kind = Party.Types.Kind.Team,
                Labels = { ["codeowners"] = "@acme/web" },
                Members = { "users/jane" },
            },
        });
        (await AskAsync("a")).Parties.ShouldBe(["parties/storefront"]);
        (await AskAsync("b")).Parties.ShouldBe(["parties/storefront", "parties/writers"]);

        party.Labels.Clear();
        party.Members.Clear();
        party.Contacts.Add(new Contact { Email = "Web@Acme.example" });
        party = await Admin.Parties.UpdatePartyAsync(new UpdatePartyRequest { Party = party });
        (await AskAsync("a")).Parties.ShouldBeEmpty();
        (await AskAsync("b")).Parties.ShouldBe(["parties/writers"]);
        (await AskAsync("c")).Parties.ShouldBe(["parties/storefront"]);

        await Admin.Parties.DeletePartyAsync(new DeletePartyRequest { Name = party.Name, Reason = "gone" });
        (await AskAsync("c")).Parties.ShouldBeEmpty();
    }

    [Fact]
    public async Task Import_ValidateOnlyOrTooLarge_KeepsNothing()
    {
        (await Admin.Codeowners.ImportCodeownersAsync("components/checkout", File, validateOnly: true)).Rules.ShouldBe(4);
        var refusal = await Refusal.OfAsync(() =>
            Admin.Codeowners.ImportCodeownersAsync("components/checkout", new string('#', (3 * 1024 * 1024) + 1)));
        (refusal.Code, refusal.Fields.Single()).ShouldBe((StatusCode.InvalidArgument, "document"));

        (await Refusal.OfAsync(() => AskAsync("a"))).Code.ShouldBe(StatusCode.NotFound);
        (await Refusal.OfAsync(() => Admin.Codeowners.ImportCodeownersAsync("components/nowhere", File))).Code.ShouldBe(
            StatusCode.NotFound);
    }

    private async Task<OwnerOfPathResponse> AskAsync(string path) =>
        await Admin.Codeowners.OwnerOfPathAsync(new OwnerOfPathRequest { Name = "components/checkout", Path = path });
}
