namespace Governance.Suite.LocalPubSub.Publishing;

/// <summary>Reads a request's body up to a limit.</summary>
internal static class RequestBody
{
    /// <summary>Bytes of one event; ours are at most 128 KiB and their envelope.</summary>
    public const int LargestEvent = 1 << 20;

    /// <exception cref="PublishRefused">413, naming the limit.</exception>
    public static async Task<byte[]> ReadAsync(HttpContext context, int limit)
    {
        if (context.Request.ContentLength > limit) throw TooLarge(limit);
        using var buffer = new MemoryStream((int)(context.Request.ContentLength ?? 4096));
        var chunk = new byte[16 * 1024];
        while (await context.Request.Body.ReadAsync(chunk, context.RequestAborted) is var read and > 0)
        {
            if (buffer.Length + read > limit) throw TooLarge(limit);
            buffer.Write(chunk, 0, read);
        }

        return buffer.Length == buffer.Capacity ? buffer.GetBuffer() : buffer.ToArray();
    }

    public static PublishRefused TooLarge(int limit) => new(413, "ERR_PUBSUB_MESSAGE_TOO_LARGE", $"the body is larger than {limit} bytes");
}
