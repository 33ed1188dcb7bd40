using System.Buffers;
using System.IO.Pipelines;
using System.Net;

namespace Governance.Gateway.Transcoding;

/// <summary>
/// The messages of an upload: the first carries the parameters and the media type, the others the file in pieces of
/// up to 64 KiB, read as fast as the service takes them. Nothing is kept. A file that turns out to be longer than the limit ends
/// the call.
/// </summary>
internal sealed class UploadContent(WireBuffer parameters, FieldShape document, string mediaType, PipeReader body, long limit) : HttpContent
{
    private const int PieceBytes = 64 * 1024;
    private long _sent;
    private readonly FieldShape _contentType = document.Message.ByName("content_type")!;
    private readonly FieldShape _data = document.Message.ByName("data")!;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        parameters.Tag(document.Tag);
        var start = parameters.BeginNested();
        parameters.Tag(_contentType.Tag);
        parameters.Text(mediaType);
        parameters.EndNested(start);
        await stream.WriteAsync(parameters.Frame(), cancellationToken);
        var piece = new WireBuffer();
        while (true)
        {
            var read = await body.ReadAsync(cancellationToken);
            _sent += read.Buffer.Length;
            if (_sent > limit)
            {
                body.AdvanceTo(read.Buffer.End);
                throw RestRequest.TooLarge(limit);
            }
            for (var rest = read.Buffer; !rest.IsEmpty; rest = rest.Slice(Math.Min(PieceBytes, rest.Length)))
            {
                await stream.WriteAsync(Frame(piece, rest.Slice(0, Math.Min(PieceBytes, rest.Length))), cancellationToken);
            }
            body.AdvanceTo(read.Buffer.End);
            await stream.FlushAsync(cancellationToken);
            if (read.IsCompleted)
            {
                return;
            }
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = -1;
        return false;
    }

    private ReadOnlyMemory<byte> Frame(WireBuffer piece, ReadOnlySequence<byte> bytes)
    {
        piece.Clear();
        piece.Tag(document.Tag);
        var start = piece.BeginNested();
        piece.Tag(_data.Tag);
        piece.Varint((ulong)bytes.Length);
        bytes.CopyTo(piece.Reserve((int)bytes.Length));
        piece.Advance((int)bytes.Length);
        piece.EndNested(start);
        return piece.Frame();
    }
}
