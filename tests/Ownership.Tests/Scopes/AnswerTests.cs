using Google.Protobuf;
using Google.Protobuf.Reflection;
using Governance.Testing;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace Governance.Ownership.Tests.Scopes;

/// <summary>Who changes something is answered what the next who asks is, version included.</summary>
public sealed class AnswerTests : IAsyncLifetime
{
    /// <summary>Deliveries go on by themselves, and a secret is shown once.</summary>
    private static readonly string[] Otherwise =
        ["AcknowledgeNotification", "ResendNotification", "CreateWebhookEndpoint", "RotateWebhookSecret"];

    private ScopeWorld _world = null!;

    public async Task InitializeAsync() => _world = await ScopeWorld.BuildAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task Change_OfAnyResource_IsAnsweredAsTheNextGet()
    {
        var (calls, faults, made) = (_world.Estate.Host.As(Callers.Admin), new List<string>(), new List<string>());
        foreach (var request in ForeignRequests.Of(_world.Names).Where(request => Changes(Rpc.Of(request.Descriptor))))
        {
            var rpc = Rpc.Of(request.Descriptor);
            var outcome = await calls.CallAsync(rpc, request.ToByteArray());
            if (outcome.Answer is null) continue;
            made.Add(rpc.Method.Name);
            var answer = rpc.Method.OutputType.Parser.ParseFrom(outcome.Answer);
            var next = await GetAsync(calls, answer);
            if (!answer.Equals(next)) faults.Add($"{rpc.Method.Name} answers {answer}\n and the next Get {next}");
        }

        faults.ShouldBeEmpty();
        Rpc.All.Values.Where(Changes)
            .Select(rpc => rpc.Method.Name)
            .Except(made)
            .ShouldBeEmpty("every call that answers with a resource was made");
    }

    /// <summary>Whether the call answers with the resource that it changes.</summary>
    private static bool Changes(Rpc rpc) =>
        rpc.Service == "ownership" && rpc.Kind == MethodType.Unary && !rpc.Method.Name.StartsWith("Get", StringComparison.Ordinal)
        && !Otherwise.Contains(rpc.Method.Name) && GetOf(rpc.Method.OutputType) is not null;

    private static Rpc? GetOf(MessageDescriptor resource) =>
        Rpc.All.Values.SingleOrDefault(rpc =>
            rpc.Service == "ownership" && rpc.Method.Name == $"Get{resource.Name}" && rpc.Method.OutputType == resource);

    private static async Task<IMessage> GetAsync(CallInvoker calls, IMessage resource)
    {
        var get = GetOf(resource.Descriptor)!;
        var question = get.Method.InputType.Parser.ParseFrom(ByteString.Empty);
        get.Method.InputType.FindFieldByName("name").Accessor.SetValue(
            question, resource.Descriptor.FindFieldByName("name").Accessor.GetValue(resource));
        var outcome = await calls.CallAsync(get, question.ToByteArray());
        return resource.Descriptor.Parser.ParseFrom(outcome.Answer.ShouldNotBeNull(outcome.Words));
    }
}
