using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Governance.Gateway.Tests.Transcoding;

/// <summary>Answers, files, streams and errors on their way out.</summary>
[Collection(GatewayCollection.Name)]
public sealed class AnswerTests(GatewayHost host)
{
    [Fact]
    public async Task Get_ResponseBody_IsTheFieldAlone()
    {
        (await host.Rest.GetStringAsync("/v1/probes/p1/labels?words=a&words=b")).ShouldBe("""["a","b"]""");
        (await host.Rest.GetStringAsync("/v1/probes/p1/labels")).ShouldBe("[]");
    }

    [Fact]
    public async Task Get_HttpBody_IsTheFileWithItsMediaType()
    {
        using var file = await host.Rest.GetAsync("/v1/probes/p1:download");
        file.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        (await file.Content.ReadAsStringAsync()).ShouldBe("a,b\n1,2\n");
        using var pieces = await host.Rest.GetAsync("/v1/probes:export?count=3");
        pieces.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
        (await pieces.Content.ReadAsStringAsync()).ShouldBe("piece 0;piece 1;piece 2;");
    }

    [Fact]
    public async Task Get_FileThatBreaksOff_IsCut() => await Should.ThrowAsync<HttpRequestException>(
        () => host.Rest.GetStringAsync("/v1/probes:export?count=2&endWith=14"));

    [Fact]
    public async Task Get_ServerStream_IsALineEach()
    {
        using var stream = await host.Rest.GetAsync("/v1/probes:watch?count=3");
        stream.Content.Headers.ContentType!.MediaType.ShouldBe("application/x-ndjson");
        var lines = (await stream.Content.ReadAsStringAsync()).Split('\n');
        lines[^1].ShouldBeEmpty();
        lines[..^1].Select(line => JsonNode.Parse(line)!["small"]!.GetValue<int>()).ShouldBe([0, 1, 2]);
        (await host.Rest.GetStringAsync("/v1/probes:watch")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Get_StreamThatFails_SaysSoInStatusOrLastLine()
    {
        (await host.RefusedAsync(HttpMethod.Get, "/v1/probes:watch?endWith=9")).Status.ShouldBe("FAILED_PRECONDITION");
        var lines = (await host.Rest.GetStringAsync("/v1/probes:watch?count=1&endWith=14")).Split(
            '\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(2);
        JsonNode.Parse(lines[1])!["error"]!["status"]!.GetValue<string>().ShouldBe("UNAVAILABLE");
    }

    [Theory]
    [InlineData(1, 499, "CANCELLED")]
    [InlineData(2, 500, "UNKNOWN")]
    [InlineData(3, 400, "INVALID_ARGUMENT")]
    [InlineData(4, 504, "DEADLINE_EXCEEDED")]
    [InlineData(5, 404, "NOT_FOUND")]
    [InlineData(6, 409, "ALREADY_EXISTS")]
    [InlineData(7, 403, "PERMISSION_DENIED")]
    [InlineData(8, 429, "RESOURCE_EXHAUSTED")]
    [InlineData(9, 400, "FAILED_PRECONDITION")]
    [InlineData(10, 409, "ABORTED")]
    [InlineData(11, 400, "OUT_OF_RANGE")]
    [InlineData(12, 501, "UNIMPLEMENTED")]
    [InlineData(13, 500, "INTERNAL")]
    [InlineData(14, 503, "UNAVAILABLE")]
    [InlineData(15, 500, "DATA_LOSS")]
    [InlineData(16, 401, "UNAUTHENTICATED")]
    public async Task Fail_EveryStatus_HasItsHttpStatusAndDetails(int code, int http, string status)
    {
        var refusal = await host.RefusedAsync(HttpMethod.Post, "/v1/probes:fail", $$"""{"code":{{code}},"message":"Größe: 100 %"}""");
        (refusal.Code, refusal.Status, refusal.Message).ShouldBe((http, status, "Größe: 100 %"));
        refusal.Details[0]!["@type"]!.GetValue<string>().ShouldBe("type.googleapis.com/google.rpc.ErrorInfo");
        refusal.Details[0]!["reason"]!.GetValue<string>().ShouldBe("ASKED_FOR");
        refusal.Details[0]!["metadata"]!["why"]!.GetValue<string>().ShouldBe("a test — with ümlauts");
        refusal.Details[1]!["retryDelay"]!.GetValue<string>().ShouldBe("7s");
    }

    [Fact]
    public async Task Fail_WithRetryInfo_SetsRetryAfter()
    {
        using var response = await host.Rest.PostAsync("/v1/probes:fail", new StringContent("""{"code":8}""", null, "application/json"));
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task Request_UnknownPathOrMethod_Is404Or405InTheErrorForm()
    {
        (await host.RefusedAsync(HttpMethod.Get, "/v1/nothing/here")).Status.ShouldBe("NOT_FOUND");
        var wrong = await host.RefusedAsync(HttpMethod.Put, "/v1/probes/p1", "{}");
        (wrong.Code, wrong.Status).ShouldBe((405, "UNIMPLEMENTED"));
        using var options = await host.Rest.SendAsync(new HttpRequestMessage(HttpMethod.Options, "/v1/probes/p1"));
        options.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        options.Content.Headers.Allow.ShouldBe(["GET", "PATCH", "HEAD", "OPTIONS"], ignoreOrder: true);
    }

    [Fact]
    public async Task Head_OfAGet_HasHeadersOnly()
    {
        using var response = await host.Rest.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/v1/probes/p1"));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Import_LargeFile_ArrivesInPiecesWithParametersFirst()
    {
        var bytes = new byte[40 * 1024 * 1024];
        new Random(7).NextBytes(bytes);
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new("application/vnd.cyclonedx+json");
        using var response = await host.Rest.PostAsync("/v1/probes/p1/documents:import?kind=FIRST", content);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        response.StatusCode.ShouldBe(HttpStatusCode.OK, body.ToJsonString());
        body["parent"]!.GetValue<string>().ShouldBe("probes/p1");
        body["kind"]!.GetValue<string>().ShouldBe("FIRST");
        body["contentType"]!.GetValue<string>().ShouldBe("application/vnd.cyclonedx+json");
        body["bytes"]!.GetValue<string>().ShouldBe(bytes.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        body["largestPiece"]!.GetValue<int>().ShouldBeLessThanOrEqualTo(64 * 1024);
        body["digest"]!.GetValue<string>().ShouldBe(Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    [Fact]
    public async Task Import_OverTheLimit_Is413()
    {
        using var content = new StreamContent(new EndlessStream(48L * 1024 * 1024));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/probes/p1/documents:import") { Content = content };
        request.Headers.TransferEncodingChunked = true;
        using var response = await host.Rest.SendAsync(request);
        ((int)response.StatusCode).ShouldBe(413);
        JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!["status"]!.GetValue<string>().ShouldBe("RESOURCE_EXHAUSTED");
    }

    [Fact]
    public async Task Import_RefusedEarly_GivesTheServicesReason()
    {
        using var content = new StringContent("some text");
        using var response = await host.Rest.PostAsync("/v1/probes/p1/documents:import?kind=SECOND", content);
        ((int)response.StatusCode).ShouldBe(400);
        (await response.Content.ReadAsStringAsync()).ShouldContain("Not this kind.");
    }

    [Fact]
    public async Task Call_Metadata_CarriesInternalTokenTraceAndDeadlineButNotTheCallers()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/probes:call");
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom().ToHexString()}-01");
        request.Headers.Add("authorization", "Bearer the-callers-own");
        request.Headers.Add("cookie", "session=secret");
        using var response = await host.Rest.SendAsync(request);
        var seen = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        seen["authorization"]!.GetValue<string>().ShouldBe("Bearer internal-probe-GetCall");
        seen["cookie"].ShouldBeNull();
        seen["traceparent"]!.GetValue<string>().ShouldContain(trace);
        seen["has-deadline"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task Call_ClientGoesAway_IsCancelledAtTheService()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        await Should.ThrowAsync<OperationCanceledException>(() => host.Rest.GetAsync("/v1/probes:wait", patience.Token));
        await ProbeService.Cancelled.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Call_DeadService_Is503NamingIt()
    {
        var refusal = await host.RefusedAsync(HttpMethod.Get, "/v1/windows");
        (refusal.Code, refusal.Status).ShouldBe((503, "UNAVAILABLE"));
        refusal.Message.ShouldContain("'windows'");
        refusal.Details[0]!["reason"]!.GetValue<string>().ShouldBe("SERVICE_UNAVAILABLE");
        refusal.Details[0]!["metadata"]!["service"]!.GetValue<string>().ShouldBe("windows");
        (await host.SendAsync(HttpMethod.Get, "/v1/probes/p1")).Status.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>Zeros up to a length, without a length being known.</summary>
    private sealed class EndlessStream(long length) : Stream
    {
        private long _left = length;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, _left);
            _left -= read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
