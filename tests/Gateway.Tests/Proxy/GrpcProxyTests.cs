using Google.Protobuf;
using Google.Rpc;
using Governance.Probe.V1;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace Governance.Gateway.Tests.Proxy;

[Collection(GatewayCollection.Name)]
public sealed class GrpcProxyTests(GatewayHost host)
{
    [Fact]
    public async Task Unary_ThroughTheGateway_ComesBackUnchanged()
    {
        using var channel = host.Channel();
        var probe = new Probe.V1.Probe { Name = "x", Data = ByteString.CopyFrom(new byte[100_000]), Inner = new() { Numbers = { 1, 2 } } };
        (await new Probes.ProbesClient(channel).EchoProbeAsync(probe)).ShouldBe(probe);
    }

    [Fact]
    public async Task Call_CredentialsAndMetadata_AreReplacedAndPassed()
    {
        using var channel = host.Channel();
        var headers = new Metadata { { "authorization", "Bearer own" }, { "cookie", "a=b" }, { "x-mine", "kept" } };
        var seen = await new Probes.ProbesClient(channel).GetCallAsync(new GetCallRequest(), headers, DateTime.UtcNow.AddSeconds(20));
        seen.Fields["authorization"].StringValue.ShouldBe("Bearer internal-probe-GetCall");
        seen.Fields.ShouldNotContainKey("cookie");
        seen.Fields["x-mine"].StringValue.ShouldBe("kept");
        seen.Fields["has-deadline"].BoolValue.ShouldBeTrue();
    }

    [Fact]
    public async Task Bidirectional_Stream_AnswersEachMessageBeforeTheNext()
    {
        using var channel = host.Channel();
        using var chat = new Probes.ProbesClient(channel).ChatProbes();
        for (var i = 0; i < 5; i++)
        {
            await chat.RequestStream.WriteAsync(new Probe.V1.Probe { Small = i });
            (await chat.ResponseStream.MoveNext(default)).ShouldBeTrue();
            chat.ResponseStream.Current.Small.ShouldBe(i);
        }
        await chat.RequestStream.CompleteAsync();
        (await chat.ResponseStream.MoveNext(default)).ShouldBeFalse();
        chat.GetTrailers().GetValue("probe-trailer").ShouldBe("at the end");
    }

    [Fact]
    public async Task Failure_OfTheService_KeepsItsDetails()
    {
        using var channel = host.Channel();
        var failure = await Should.ThrowAsync<RpcException>(async () =>
            await new Probes.ProbesClient(channel).FailProbeAsync(new FailProbeRequest { Code = 9, Message = "no" }));
        failure.StatusCode.ShouldBe(StatusCode.FailedPrecondition);
        DetailsOf(failure).Details[0].Unpack<ErrorInfo>().Reason.ShouldBe("ASKED_FOR");
    }

    [Fact]
    public async Task Deadline_Passes_EndsTheCall()
    {
        using var channel = host.Channel();
        var failure = await Should.ThrowAsync<RpcException>(async () =>
            await new Probes.ProbesClient(channel).WaitProbeAsync(new GetCallRequest(), deadline: DateTime.UtcNow.AddMilliseconds(300)));
        failure.StatusCode.ShouldBe(StatusCode.DeadlineExceeded);
    }

    [Fact]
    public async Task Call_DeadService_IsUnavailableNamingIt()
    {
        using var channel = host.Channel();
        var client = new Governance.Windows.V1.Windows.WindowsClient(channel);
        var failure = await Should.ThrowAsync<RpcException>(async () => await client.GetWindowAsync(new() { Name = "windows/w" }));
        failure.StatusCode.ShouldBe(StatusCode.Unavailable);
        failure.Status.Detail.ShouldContain("'windows'");
        var info = DetailsOf(failure).Details[0].Unpack<ErrorInfo>();
        (info.Reason, info.Metadata["service"]).ShouldBe(("SERVICE_UNAVAILABLE", "windows"));
    }

    [Theory]
    [InlineData("governance.nope.v1.Nothing", "Do", "There is no service governance.nope.v1.Nothing")]
    [InlineData("governance.probe.v1.Probes", "Nothing", "has no method Nothing")]
    public async Task Call_OfWhatIsNotThere_IsUnimplementedNamingIt(string service, string name, string message)
    {
        using var channel = host.Channel();
        var bytes = Marshallers.Create<byte[]>(value => value, value => value);
        var method = new Method<byte[], byte[]>(MethodType.Unary, service, name, bytes, bytes);
        var failure = await Should.ThrowAsync<RpcException>(async () =>
            await channel.CreateCallInvoker().AsyncUnaryCall(method, null, new CallOptions(), []));
        failure.StatusCode.ShouldBe(StatusCode.Unimplemented);
        failure.Status.Detail.ShouldContain(message);
    }

    [Fact]
    public async Task Unary_OverTheLimit_IsResourceExhausted()
    {
        using var channel = host.Channel();
        var failure = await Should.ThrowAsync<RpcException>(async () => await new Probes.ProbesClient(channel)
            .EchoProbeAsync(new Probe.V1.Probe { Data = ByteString.CopyFrom(new byte[3 * 1024 * 1024]) }));
        failure.StatusCode.ShouldBe(StatusCode.ResourceExhausted);
        failure.Status.Detail.ShouldContain("1048576");
    }

    private static Google.Rpc.Status DetailsOf(RpcException failure) => failure.GetRpcStatus()!;
}
