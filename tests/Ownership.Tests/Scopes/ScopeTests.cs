using System.Text;
using Google.Protobuf;
using Governance.BuildingBlocks.Security;
using Governance.Ownership.V1;
using Governance.Testing;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace Governance.Ownership.Tests.Scopes;

/// <summary>Every call by callers whose roles are held on one party, one system or one component alone.</summary>
public sealed class ScopeTests : IAsyncLifetime
{
    private static readonly Caller[] Callers =
    [
        Testing.Callers.Person("vee", "architect@parties/own-vendor"),
        Testing.Callers.Person("sid", "architect@systems/own-shop"),
        Testing.Callers.Person("cleo", "architect@components/own-checkout"),
    ];

    private ScopeWorld _world = null!;

    public async Task InitializeAsync() => _world = await ScopeWorld.BuildAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task Reads_OfScopedCallers_ShowTheirOwnAndNothingForeign()
    {
        var faults = new List<string>();
        foreach (var request in OwnRequests.Of())
        {
            var answers = await AnswersAsync(request, faults);
            if (!answers.Any(answer => answer.Contains(ScopeWorld.Own, StringComparison.Ordinal)))
            {
                faults.Add($"{Words(request)} shows nobody their own");
            }
        }

        foreach (var request in OwnRequests.AskingForForeign()) await AnswersAsync(request, faults);

        faults.ShouldBeEmpty();
        (await _world.Admin.Components.GetComponentAsync(new GetComponentRequest { Name = "components/foreign-imported" })).DeleteTime
            .ShouldBeNull("an import in a scope leaves what lies outside");
    }

    [Fact]
    public async Task Calls_OfScopedCallersAtWhatIsForeign_AreRefusedAndServedToThoseWithAllRights()
    {
        var faults = new List<string>();
        foreach (var request in ForeignRequests.Of(_world.Names))
        {
            foreach (var caller in Callers)
            {
                var outcome = await CallAsync(caller, request);
                if (!IsRefused(outcome)) faults.Add($"{caller.Principal}: {Words(request)} is {outcome.Words}");
            }
        }

        foreach (var request in ForeignRequests.GivingAway())
        {
            var outcome = await CallAsync(Callers[0], request);
            if (outcome.Refusal is not { Code: StatusCode.PermissionDenied }) faults.Add($"{Words(request)} is {outcome.Words}");
        }

        foreach (var request in ForeignRequests.Of(_world.Names))
        {
            var outcome = await CallAsync(Testing.Callers.Admin, request);
            if (outcome.Refusal is { Code: not StatusCode.FailedPrecondition })
            {
                faults.Add($"all rights: {Words(request)} is {outcome.Words}");
            }
        }

        faults.ShouldBeEmpty();
    }

    /// <summary>What the callers are answered; a fault for each answer that tells of something foreign.</summary>
    private async Task<List<string>> AnswersAsync(IMessage request, List<string> faults)
    {
        var answers = new List<string>();
        foreach (var caller in Callers)
        {
            var outcome = await CallAsync(caller, request);
            var answer = outcome.Answer is null ? "" : Encoding.UTF8.GetString(outcome.Answer);
            if (outcome.Answer is null && !IsRefused(outcome)) faults.Add($"{caller.Principal}: {Words(request)} is {outcome.Words}");
            if (answer.Contains(ScopeWorld.Foreign, StringComparison.OrdinalIgnoreCase))
            {
                faults.Add($"{caller.Principal}: {Words(request)} shows {Of(request).Method.OutputType.Parser.ParseFrom(outcome.Answer)}");
            }
            answers.Add(answer);
        }

        return answers;
    }

    private Task<Outcome> CallAsync(Caller caller, IMessage request) =>
        _world.Estate.Host.As(caller).CallAsync(Of(request), request.ToByteArray());

    private static bool IsRefused(Outcome outcome) => outcome.Refusal is { Code: StatusCode.NotFound or StatusCode.PermissionDenied };

    private static Rpc Of(IMessage request) => Rpc.Of(request.Descriptor);

    private static string Words(IMessage request) => $"{Of(request).Method.Name} {request}";
}
