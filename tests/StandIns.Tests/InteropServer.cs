using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Status = Grpc.Core.Status;

namespace Governance.StandIns.Tests.Interop;

/// <summary>The service over the stand-ins; interop.proto says what each call does.</summary>
internal sealed class InteropServer : InteropService.InteropServiceBase
{
    public const string StatusDetails = "grpc-status-details-bin";
    private static int cancelled;
    private static int waited;

    public override async Task<Answer> Unary(Ask request, ServerCallContext context)
    {
        await GreetAsync(context, request.Compress);
        await WaitAsync(request, context);
        Fail(request);
        return AnswerTo(request, context);
    }

    public override async Task<Answer> ClientStream(IAsyncStreamReader<Ask> requestStream, ServerCallContext context)
    {
        await GreetAsync(context);
        var answer = new Answer();
        await foreach (var ask in requestStream.ReadAllAsync(context.CancellationToken))
        {
            Fail(ask);
            answer.Text += ask.Text;
            answer.Count += ask.Count;
        }

        return answer;
    }

    public override async Task ServerStream(Ask request, IServerStreamWriter<Answer> responseStream, ServerCallContext context)
    {
        await GreetAsync(context, request.Compress);
        for (var number = 1; number <= request.Count; number++)
            await responseStream.WriteAsync(new Answer { Text = request.Text, Count = number, Data = request.Data }, context.CancellationToken);
        await WaitAsync(request, context);
        Fail(request);
    }

    public override async Task Duplex(
        IAsyncStreamReader<Ask> requestStream, IServerStreamWriter<Answer> responseStream, ServerCallContext context)
    {
        await GreetAsync(context);
        while (await requestStream.MoveNext())
        {
            Fail(requestStream.Current);
            await responseStream.WriteAsync(AnswerTo(requestStream.Current, context));
        }
    }

    public override Task<Observation> Observe(Ask request, ServerCallContext context) =>
        Task.FromResult(new Observation { Cancelled = Volatile.Read(ref cancelled), Waited = Volatile.Read(ref waited) });

    private static Task GreetAsync(ServerCallContext context, bool compress = false)
    {
        context.WriteOptions = new WriteOptions(compress ? 0 : WriteFlags.NoCompress);
        var headers = new Metadata();
        foreach (var entry in context.RequestHeaders.Where(entry => entry.Key is "x-text" or "x-data-bin"))
        {
            headers.Add(entry);
            if (entry.IsBinary)
                context.ResponseTrailers.Add("x-trailer-bin", entry.ValueBytes);
        }

        return context.WriteResponseHeadersAsync(headers);
    }

    private static async Task WaitAsync(Ask request, ServerCallContext context)
    {
        if (!request.Wait)
            return;
        Interlocked.Increment(ref waited);
        try
        {
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        }
        catch (OperationCanceledException)
        {
            Interlocked.Increment(ref cancelled);
            throw;
        }
    }

    private static void Fail(Ask request)
    {
        if (request.FailCode == 0)
            return;
        var info = new ErrorInfo { Reason = "INTEROP", Domain = "tests", Metadata = { ["asked"] = request.Text } };
        var details = new Google.Rpc.Status { Code = request.FailCode, Message = request.Text, Details = { Any.Pack(info) } };
        var trailers = new Metadata { { StatusDetails, Google.Protobuf.MessageExtensions.ToByteArray(details) } };
        throw new RpcException(new Status((StatusCode)request.FailCode, request.Text), trailers);
    }

    private static Answer AnswerTo(Ask request, ServerCallContext context) => new()
    {
        Text = request.Text,
        Count = request.Count,
        Data = request.Data,
        Encoding = context.GetHttpContext().Request.Headers["grpc-encoding"].ToString(),
        RemainingMillis = context.Deadline == DateTime.MaxValue ? 0 : (long)(context.Deadline - DateTime.UtcNow).TotalMilliseconds,
    };
}
