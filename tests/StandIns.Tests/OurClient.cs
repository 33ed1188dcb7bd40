using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using Governance.StandIns.Tests.Interop;
using Grpc.Net.Client;
using Grpc.Net.Compression;
using Shouldly;

namespace Governance.StandIns.Tests;

/// <summary>Grpc.Net.Client connected to one of their servers, with a look at what goes over the wire.</summary>
internal sealed class OurClient : IAsyncDisposable
{
    private readonly TheirServer server;
    private readonly GrpcChannel channel;

    private OurClient(TheirServer server)
    {
        this.server = server;
        Wire = new WireLog();
        channel = GrpcChannel.ForAddress(server.Address, new GrpcChannelOptions
        {
            HttpHandler = Wire,
            CompressionProviders = [new GzipCompressionProvider(CompressionLevel.Fastest)],
        });
        Client = new InteropService.InteropServiceClient(channel);
    }

    public InteropService.InteropServiceClient Client { get; }

    public WireLog Wire { get; }

    public static async Task<OurClient> ToAsync(string script) => new(await TheirServer.StartAsync(script));

    /// <summary>The server has sent what it had and waits; what is cancelled before that it need not notice.</summary>
    public Task ShouldBeWaitingAsync() => UntilAsync(seen => seen.Waited > 0, "the server did not come to wait");

    public Task ShouldNoticeCancellationAsync() => UntilAsync(seen => seen.Cancelled > 0, "the server did not notice the cancellation");

    private async Task UntilAsync(Func<Observation, bool> holds, string otherwise)
    {
        var deadline = DateTime.UtcNow.AddSeconds(30);
        while (!holds(await Client.ObserveAsync(new Ask())))
        {
            DateTime.UtcNow.ShouldBeLessThan(deadline, otherwise);
            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        channel.Dispose();
        await server.DisposeAsync();
    }
}

/// <summary>Notes the encodings of requests and responses and the size of what came back.</summary>
internal sealed class WireLog() : DelegatingHandler(new SocketsHttpHandler())
{
    private long received;

    public ConcurrentBag<string> RequestEncodings { get; } = [];

    public ConcurrentBag<string> ResponseEncodings { get; } = [];

    public long BytesReceived => Interlocked.Read(ref received);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Note(request.Headers, RequestEncodings);
        var response = await base.SendAsync(request, cancellationToken);
        Note(response.Headers, ResponseEncodings);
        response.Content = new CountedContent(response.Content, count => Interlocked.Add(ref received, count));
        return response;
    }

    private static void Note(System.Net.Http.Headers.HttpHeaders headers, ConcurrentBag<string> encodings)
    {
        if (headers.TryGetValues("grpc-encoding", out var values))
            encodings.Add(string.Join(',', values));
    }

    private sealed class CountedContent : HttpContent
    {
        private readonly HttpContent inner;
        private readonly Action<int> count;

        public CountedContent(HttpContent inner, Action<int> count)
        {
            this.inner = inner;
            this.count = count;
            foreach (var (name, values) in inner.Headers)
                Headers.TryAddWithoutValidation(name, values);
        }

        protected override async Task<Stream> CreateContentReadStreamAsync() =>
            new CountedStream(await inner.ReadAsStreamAsync(), count);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => inner.CopyToAsync(stream, context);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    private sealed class CountedStream(Stream inner, Action<int> count) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            count(read);
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
