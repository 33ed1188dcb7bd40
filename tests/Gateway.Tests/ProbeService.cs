using System.Security.Cryptography;
using Google.Api;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Governance.Probe.V1;
using Grpc.Core;

namespace Governance.Gateway.Tests;

/// <summary>The service behind the gateway of the tests.</summary>
internal sealed class ProbeService : Probes.ProbesBase
{
    /// <summary>Completes when a call that waited was cancelled.</summary>
    public static TaskCompletionSource Cancelled { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override Task<Probe.V1.Probe> EchoProbe(Probe.V1.Probe request, ServerCallContext context) => Task.FromResult(request);

    public override Task<GetProbeRequest> GetProbe(GetProbeRequest request, ServerCallContext context) => Task.FromResult(request);

    public override Task<CreateProbeRequest> CreateProbe(CreateProbeRequest request, ServerCallContext context) => Task.FromResult(request);

    public override Task<UpdateProbeRequest> UpdateProbe(UpdateProbeRequest request, ServerCallContext context) => Task.FromResult(request);

    public override Task<Probe.V1.Probe> ListLabels(GetProbeRequest request, ServerCallContext context) =>
        Task.FromResult(new Probe.V1.Probe { Name = request.Name, Words = { request.Words } });

    public override async Task<ImportDocumentResponse> ImportDocument(
        IAsyncStreamReader<ImportDocumentRequest> requestStream, ServerCallContext context)
    {
        var answer = new ImportDocumentResponse();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var first = true; await requestStream.MoveNext(context.CancellationToken); first = false)
        {
            var message = requestStream.Current;
            if (first)
            {
                (answer.Parent, answer.Kind, answer.ContentType) = (message.Parent, message.Kind, message.Document.ContentType);
            }
            if (answer.Kind is Kind.Second)
            {
                throw new RpcException(new Grpc.Core.Status(StatusCode.FailedPrecondition, "Not this kind."));
            }
            answer.Bytes += message.Document.Data.Length;
            answer.LargestPiece = Math.Max(answer.LargestPiece, message.Document.Data.Length);
            hash.AppendData(message.Document.Data.Span);
        }
        answer.Digest = Convert.ToHexStringLower(hash.GetHashAndReset());
        return answer;
    }

    public override Task<HttpBody> DownloadProbe(GetProbeRequest request, ServerCallContext context) =>
        Task.FromResult(new HttpBody { ContentType = "text/csv", Data = ByteString.CopyFromUtf8("a,b\n1,2\n") });

    public override async Task ExportProbe(
        WatchProbesRequest request, IServerStreamWriter<HttpBody> responseStream, ServerCallContext context)
    {
        for (var i = 0; i < request.Count; i++)
        {
            await responseStream.WriteAsync(
                new HttpBody { ContentType = i == 0 ? "text/plain" : "", Data = ByteString.CopyFromUtf8($"piece {i};") });
        }
        ThrowIfAsked(request.EndWith);
    }

    public override async Task WatchProbes(
        WatchProbesRequest request, IServerStreamWriter<Probe.V1.Probe> responseStream, ServerCallContext context)
    {
        for (var i = 0; i < request.Count; i++)
        {
            await responseStream.WriteAsync(new Probe.V1.Probe { Small = i });
        }
        ThrowIfAsked(request.EndWith);
    }

    public override Task<Probe.V1.Probe> FailProbe(FailProbeRequest request, ServerCallContext context)
    {
        var status = new Google.Rpc.Status { Code = request.Code, Message = request.Message };
        status.Details.Add(Any.Pack(
            new ErrorInfo { Reason = "ASKED_FOR", Domain = "probe.governance", Metadata = { ["why"] = "a test — with ümlauts" } }));
        status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(TimeSpan.FromSeconds(7)) }));
        throw status.ToRpcException();
    }

    public override Task<Struct> GetCall(GetCallRequest request, ServerCallContext context)
    {
        var headers = new Struct();
        foreach (var header in context.RequestHeaders.Where(header => !header.IsBinary))
        {
            headers.Fields[header.Key] = Value.ForString(header.Value);
        }
        headers.Fields["has-deadline"] = Value.ForBool(context.Deadline < DateTime.MaxValue);
        return Task.FromResult(headers);
    }

    public override async Task<Probe.V1.Probe> WaitProbe(GetCallRequest request, ServerCallContext context)
    {
        var over = new TaskCompletionSource();
        await using var registration = context.CancellationToken.Register(over.SetResult);
        await over.Task;
        Cancelled.TrySetResult();
        throw new RpcException(new Grpc.Core.Status(StatusCode.Cancelled, "The caller gave up."));
    }

    public override async Task ChatProbes(
        IAsyncStreamReader<Probe.V1.Probe> requestStream, IServerStreamWriter<Probe.V1.Probe> responseStream, ServerCallContext context)
    {
        while (await requestStream.MoveNext(context.CancellationToken))
        {
            await responseStream.WriteAsync(requestStream.Current);
        }
        context.ResponseTrailers.Add("probe-trailer", "at the end");
    }

    private static void ThrowIfAsked(int code)
    {
        if (code != 0)
        {
            throw new RpcException(new Grpc.Core.Status((StatusCode)code, "Broke off as asked."));
        }
    }
}
