using Google.Protobuf;
using Google.Rpc;
using Governance.StandIns.Tests.Interop;
using Governance.Testing;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace Governance.StandIns.Tests;

/// <summary>Our client calls servers that we did not write.</summary>
public sealed class TheirServersTests
{
    /// <summary>The server of grpc-js reads compressed messages and never writes them.</summary>
    private const string CompressingServer = "server.py";

    private static readonly byte[] EveryByte = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];

    public static TheoryData<string> Servers => ["server.mjs", CompressingServer];

    [TheirServersTheory, MemberData(nameof(Servers))]
    public async Task Unary_Asked_IsRepeated(string server)
    {
        await using var their = await OurClient.ToAsync(server);
        var ask = new Ask { Text = "grüße 👋", Count = 7, Data = ByteString.CopyFrom(0, 255) };

        var answer = await their.Client.UnaryAsync(ask, deadline: DateTime.UtcNow.AddMinutes(1));

        answer.Text.ShouldBe(ask.Text);
        answer.Data.ShouldBe(ask.Data);
        answer.RemainingMillis.ShouldBeInRange(30_000, 60_000);
        their.Client.Unary(new Ask()).Text.ShouldBe("");
    }

    [TheirServersTheory, MemberData(nameof(Servers))]
    public async Task ClientStream_OfHundred_IsAddedUp(string server)
    {
        await using var their = await OurClient.ToAsync(server);
        using var call = their.Client.ClientStream();
        for (var number = 1; number <= 100; number++)
            await call.RequestStream.WriteAsync(new Ask { Text = "x", Count = number });
        await call.RequestStream.CompleteAsync();

        var answer = await call;

        answer.Count.ShouldBe(5050);
        answer.Text.ShouldBe(new string('x', 100));
        call.GetStatus().StatusCode.ShouldBe(StatusCode.OK);
    }

    [TheirServersTheory, MemberData(nameof(Servers))]
    public async Task ServerStream_OfHundred_ArrivesInOrder(string server)
    {
        await using var their = await OurClient.ToAsync(server);
        using var call = their.Client.ServerStream(new Ask { Count = 100 });

        var counts = await call.ResponseStream.ReadAllAsync().Select(answer => answer.Count).ToListAsync();

        counts.ShouldBe(Enumerable.Range(1, 100));
    }

    [TheirServersTheory, MemberData(nameof(Servers))]
    public async Task Duplex_PingPong_AnswersEach(string server)
    {
        await using var their = await OurClient.ToAsync(server);
        using var call = their.Client.Duplex();
        for (var number = 1; number <= 50; number++)
        {
            await call.RequestStream.WriteAsync(new Ask { Count = number });
            (await call.ResponseStream.MoveNext()).ShouldBeTrue();
            call.ResponseStream.Current.Count.ShouldBe(number);
        }

        await call.RequestStream.CompleteAsync();
        (await call.ResponseStream.MoveNext()).ShouldBeFalse();
    }

    [TheirServersTheory, MemberData(nameof(Servers))]
    public async Task Metadata_OfEveryByte_ComesBackInHeadersAndTrailers(string server)
    {
        await using var their = await OurClient.ToAsync(server);
        var sent = new Metadata { { "X-Text", "plain text" }, { "x-data-bin", EveryByte } };
        using var call = their.Client.UnaryAsync(new Ask(), sent);

        var headers = await call.ResponseHeadersAsync;
        await call;

        headers.GetValue("x-text").ShouldBe("plain text");
        headers.GetAll("x-data-bin").Select(entry => entry.ValueBytes).ShouldBe([EveryByte]);
        call.GetTrailers().GetAll("x-trailer-bin").Select(entry => entry.ValueBytes).ShouldBe([EveryByte]);
    }

    [TheirServersTheory, MemberData(nameof(Servers))]
    public async Task Failure_WithDetails_CarriesThem(string server)
    {
        await using var their = await OurClient.ToAsync(server);
        const string message = "größer als 100 % – nein";
        var ask = new Ask { Text = message, FailCode = (int)StatusCode.FailedPrecondition };

        var failure = await Should.ThrowAsync<RpcException>(async () => await their.Client.UnaryAsync(ask));

        failure.StatusCode.ShouldBe(StatusCode.FailedPrecondition);
        failure.Status.Detail.ShouldBe(message);
        var details = Google.Rpc.Status.Parser.ParseFrom(failure.Trailers.GetValueBytes(InteropServer.StatusDetails));
        details.Details.Single().Unpack<ErrorInfo>().Metadata["asked"].ShouldBe(message);
    }

    [TheirServersTheory, MemberData(nameof(Servers))]
    public async Task Failure_InAStream_ComesAfterItsMessages(string server)
    {
        await using var their = await OurClient.ToAsync(server);
        using var call = their.Client.ServerStream(new Ask { Text = "no more", Count = 3, FailCode = (int)StatusCode.Aborted });
        var seen = new List<int>();

        var failure = await Should.ThrowAsync<RpcException>(async () =>
        {
            await foreach (var answer in call.ResponseStream.ReadAllAsync())
                seen.Add(answer.Count);
        });

        seen.ShouldBe([1, 2, 3]);
        failure.StatusCode.ShouldBe(StatusCode.Aborted);
        call.GetStatus().Detail.ShouldBe("no more");
    }

    [TheirServersTheory, MemberData(nameof(Servers))]
    public async Task Duplex_EndedByTheServer_FailsWithItsStatus(string server)
    {
        await using var their = await OurClient.ToAsync(server);
        using var call = their.Client.Duplex();
        await call.RequestStream.WriteAsync(new Ask { Text = "stop", FailCode = (int)StatusCode.Cancelled });

        var failure = await Should.ThrowAsync<RpcException>(async () => await call.ResponseStream.MoveNext());

        failure.StatusCode.ShouldBe(StatusCode.Cancelled);
        failure.Status.Detail.ShouldBe("stop");
    }

    [TheirServersTheory, MemberData(nameof(Servers))]
    public async Task Deadline_Passing_EndsTheCallOnBothSides(string server)
    {
        await using var their = await OurClient.ToAsync(server);

        var failure = await Should.ThrowAsync<RpcException>(async () =>
            await their.Client.UnaryAsync(new Ask { Wait = true }, deadline: DateTime.UtcNow.AddMilliseconds(300)));

        failure.StatusCode.ShouldBe(StatusCode.DeadlineExceeded);
        await their.ShouldNoticeCancellationAsync();
    }

    [TheirServersTheory, MemberData(nameof(Servers))]
    public async Task UnaryCall_CancelledByToken_EndsOnBothSides(string server)
    {
        await using var their = await OurClient.ToAsync(server);
        using var patience = new CancellationTokenSource();
        using var call = their.Client.UnaryAsync(new Ask { Wait = true }, cancellationToken: patience.Token);
        await call.ResponseHeadersAsync;

        await patience.CancelAsync();

        (await Should.ThrowAsync<RpcException>(async () => await call)).StatusCode.ShouldBe(StatusCode.Cancelled);
        await their.ShouldNoticeCancellationAsync();
    }

    [TheirServersTheory, MemberData(nameof(Servers))]
    public async Task Stream_DisposedWhileOpen_EndsOnBothSides(string server)
    {
        await using var their = await OurClient.ToAsync(server);
        var call = their.Client.ServerStream(new Ask { Count = 2, Wait = true });
        (await call.ResponseStream.MoveNext()).ShouldBeTrue();
        await their.ShouldBeWaitingAsync();

        call.Dispose();

        await their.ShouldNoticeCancellationAsync();
    }

    [TheirServersTheory, MemberData(nameof(Servers))]
    public async Task Compression_BothWays_IsUsedAndKeepsTheData(string server)
    {
        await using var their = await OurClient.ToAsync(server);
        var ask = new Ask { Data = ByteString.CopyFrom(new byte[200_000]), Compress = true };

        var answer = await their.Client.UnaryAsync(ask, new Metadata { { "grpc-internal-encoding-request", "gzip" } });

        answer.Data.ShouldBe(ask.Data);
        their.Wire.RequestEncodings.ShouldContain("gzip");
        if (server == CompressingServer)
        {
            their.Wire.ResponseEncodings.ShouldContain("gzip");
            their.Wire.BytesReceived.ShouldBeLessThan(50_000);
        }
    }

    [TheirServersTheory, MemberData(nameof(Servers))]
    public async Task Message_OverTheirLimit_IsRefused(string server)
    {
        await using var their = await OurClient.ToAsync(server);
        var ask = new Ask { Data = ByteString.CopyFrom(new byte[5 * 1024 * 1024]) };

        var failure = await Should.ThrowAsync<RpcException>(async () => await their.Client.UnaryAsync(ask));

        failure.StatusCode.ShouldBe(StatusCode.ResourceExhausted);
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class TheirServersTheoryAttribute() : InteropTheoryAttribute(Theirs.Node, Theirs.GrpcJs, Theirs.GrpcIo);
}
