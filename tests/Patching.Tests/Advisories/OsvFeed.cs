using System.Text;
using Governance.Patching.Advisories;
using Governance.Patching.Advisories.Osv;
using Governance.Patching.Documents;
using Shouldly;

namespace Governance.Patching.Tests.Advisories;

internal static class OsvFeed
{
    public const string Modified = "2026-01-02T03:04:05Z";

    public static string Record(string id, string more = "") => $$"""{"id":"{{id}}","modified":"{{Modified}}"{{more}}}""";

    public static async Task<(List<AdvisoryRecord> Advisories, List<RejectedRecord> Rejected)> ReadAsync(
        string feed, int chunk = int.MaxValue) =>
        await ReadAsync(new ChunkedStream(Encoding.UTF8.GetBytes(feed), chunk));

    public static async Task<(List<AdvisoryRecord> Advisories, List<RejectedRecord> Rejected)> ReadAsync(Stream feed)
    {
        var (advisories, rejected) = (new List<AdvisoryRecord>(), new List<RejectedRecord>());
        await foreach (var result in OsvReader.ReadAsync(feed))
        {
            (result.Advisory is null).ShouldBe(result.Rejected is not null);
            if (result.Advisory is { } advisory)
            {
                advisories.Add(advisory);
            }
            else
            {
                rejected.Add(result.Rejected!);
            }
        }

        return (advisories, rejected);
    }

    public static async Task<AdvisoryRecord> OneAsync(string document)
    {
        var (advisories, rejected) = await ReadAsync(document);
        rejected.ShouldBeEmpty();
        return advisories.ShouldHaveSingleItem();
    }

    /// <summary>Gives its bytes in pieces of one size, as a network may.</summary>
    private sealed class ChunkedStream(byte[] bytes, int chunk) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, chunk)], cancellationToken);
    }
}
