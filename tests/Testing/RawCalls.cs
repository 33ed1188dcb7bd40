using Grpc.Core;

namespace Governance.Testing;

/// <summary>What came of a call.</summary>
/// <param name="Answer">The answer's bytes, a stream's one after the other; null when it was refused.</param>
/// <param name="Refusal">Null when it was answered.</param>
public sealed record Outcome(byte[]? Answer, Refusal? Refusal)
{
    /// <summary>In one line.</summary>
    public string Words => Refusal is null ? "answered" : $"{Refusal.Code} {Refusal.Reason} {Refusal.Message}";
}

/// <summary>Makes any call from bytes, without its generated client.</summary>
public static class RawCalls
{
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create<byte[]>(bytes => bytes, bytes => bytes);

    /// <summary>Calls; a client's stream consists of all requests.</summary>
    public static async Task<Outcome> CallAsync(this CallInvoker calls, Rpc rpc, params byte[][] requests)
    {
        var method = new Method<byte[], byte[]>(rpc.Kind, rpc.Method.Service.FullName, rpc.Method.Name, Bytes, Bytes);
        try
        {
            return new Outcome(await MakeAsync(calls, method, new CallOptions(deadline: DateTime.UtcNow.AddSeconds(20)), requests), null);
        }
        catch (RpcException fault)
        {
            return new Outcome(null, Refusal.From(fault));
        }
    }

    private static async Task<byte[]> MakeAsync(CallInvoker calls, Method<byte[], byte[]> method, CallOptions options, byte[][] requests)
    {
        switch (method.Type)
        {
            case MethodType.Unary:
                return await calls.AsyncUnaryCall(method, null, options, requests.Single());
            case MethodType.ClientStreaming:
                using (var call = calls.AsyncClientStreamingCall(method, null, options))
                {
                    await SendAsync(call.RequestStream, requests);
                    return await call;
                }

            case MethodType.ServerStreaming:
                var answers = new List<byte>();
                using (var call = calls.AsyncServerStreamingCall(method, null, options, requests.Single()))
                {
                    while (await call.ResponseStream.MoveNext(default)) answers.AddRange(call.ResponseStream.Current);
                }
                return [.. answers];
            default:
                throw new NotSupportedException($"No service of ours streams both ways, as {method.FullName} does.");
        }
    }

    /// <summary>A call that is refused at once takes nothing more: its status says why.</summary>
    private static async Task SendAsync(IClientStreamWriter<byte[]> stream, byte[][] requests)
    {
        try
        {
            foreach (var request in requests) await stream.WriteAsync(request);
            await stream.CompleteAsync();
        }
        catch (Exception refused) when (refused is RpcException or InvalidOperationException)
        {
            // The call itself throws the status.
        }
    }
}
