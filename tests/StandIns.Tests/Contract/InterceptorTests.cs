using System.Collections.Concurrent;
using Governance.StandIns.Tests.Interop;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Shouldly;
using Xunit;

namespace Governance.StandIns.Tests.Contract;

public sealed class InterceptorTests
{
    [Fact]
    public async Task ClientInterceptors_InALine_SeeEveryKindOfCallInOrder()
    {
        await using var server = await OurServer.StartAsync();
        using var channel = GrpcChannel.ForAddress(server.Address);
        var seen = new ConcurrentQueue<string>();
        var invoker = channel.Intercept(new Noting("first", seen), new Noting("second", seen));
        var client = new InteropService.InteropServiceClient(invoker);

        client.Unary(new Ask());
        await client.UnaryAsync(new Ask());
        using (var up = client.ClientStream())
        {
            await up.RequestStream.CompleteAsync();
            await up;
        }

        using (var down = client.ServerStream(new Ask { Count = 1 }))
            (await down.ResponseStream.MoveNext()).ShouldBeTrue();
        using (var both = client.Duplex())
            await both.RequestStream.CompleteAsync();

        string[] kinds = ["Unary", "Unary", "ClientStream", "ServerStream", "Duplex"];
        seen.ShouldBe(kinds.SelectMany(kind => new[] { $"first {kind}", $"second {kind}" }));
    }

    [Fact]
    public async Task HeaderFunction_OnAChannel_AddsToEachCall()
    {
        await using var server = await OurServer.StartAsync();
        using var channel = GrpcChannel.ForAddress(server.Address);
        var client = new InteropService.InteropServiceClient(channel.Intercept(headers =>
        {
            headers.Add("x-text", "added");
            return headers;
        }));

        using var call = client.UnaryAsync(new Ask());

        (await call.ResponseHeadersAsync).GetValue("x-text").ShouldBe("added");
    }

    [Fact]
    public async Task ServerInterceptor_AroundAHandler_TurnsItsExceptionIntoAStatus()
    {
        await using var server = await OurServer.StartAsync(typeof(Refusing));
        using var channel = GrpcChannel.ForAddress(server.Address);
        var client = new InteropService.InteropServiceClient(channel);

        var unary = await Should.ThrowAsync<RpcException>(async () => await client.UnaryAsync(new Ask()));
        using var stream = client.Duplex();
        var duplex = await Should.ThrowAsync<RpcException>(async () => await stream.ResponseStream.MoveNext());

        unary.Status.Detail.ShouldBe("refused /standins.interop.v1.InteropService/Unary");
        duplex.Status.Detail.ShouldBe("refused /standins.interop.v1.InteropService/Duplex");
    }

    [Fact]
    public void Client_MadeForATestDouble_SaysWhyItCannotCall() =>
        Should.Throw<NotSupportedException>(() => new Double().Unary(new Ask())).Message.ShouldContain("without a channel");

    private sealed class Double : InteropService.InteropServiceClient;

    private sealed class Refusing : Interceptor
    {
        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) => throw Refusal(context);

        public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
            IAsyncStreamReader<TRequest> requestStream,
            IServerStreamWriter<TResponse> responseStream,
            ServerCallContext context,
            DuplexStreamingServerMethod<TRequest, TResponse> continuation) => throw Refusal(context);

        private static RpcException Refusal(ServerCallContext context) =>
            new(new Status(StatusCode.PermissionDenied, $"refused {context.Method}"));
    }

    private sealed class Noting(string name, ConcurrentQueue<string> seen) : Interceptor
    {
        public override TResponse BlockingUnaryCall<TRequest, TResponse>(
            TRequest request,
            ClientInterceptorContext<TRequest, TResponse> context,
            BlockingUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            Note(context.Method);
            return continuation(request, context);
        }

        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            TRequest request,
            ClientInterceptorContext<TRequest, TResponse> context,
            AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            Note(context.Method);
            return continuation(request, context);
        }

        public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
            TRequest request,
            ClientInterceptorContext<TRequest, TResponse> context,
            AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation)
        {
            Note(context.Method);
            return continuation(request, context);
        }

        public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
            ClientInterceptorContext<TRequest, TResponse> context,
            AsyncClientStreamingCallContinuation<TRequest, TResponse> continuation)
        {
            Note(context.Method);
            return continuation(context);
        }

        public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
            ClientInterceptorContext<TRequest, TResponse> context,
            AsyncDuplexStreamingCallContinuation<TRequest, TResponse> continuation)
        {
            Note(context.Method);
            return continuation(context);
        }

        private void Note(IMethod method) => seen.Enqueue($"{name} {method.Name}");
    }
}
