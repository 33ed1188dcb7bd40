using System.Runtime.CompilerServices;
using Governance.BuildingBlocks.Documents;
using Governance.Patching.Documents;

namespace Governance.Patching.Lifecycles;

/// <summary>
/// Reads endoflife.date's documents, a product at a time: a document of any length takes the memory of its longest product.
/// </summary>
internal static class LifecycleReader
{
    private const int LooksAt = 16;
    private const int LargestPage = 4 * 1024 * 1024;

    /// <param name="document">The document.</param>
    /// <param name="product">The product whose cycles a list has; empty: the document names its products.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="InvalidDataException">It is no such document.</exception>
    public static async IAsyncEnumerable<LifecycleResult> ReadAsync(
        Stream document, string product, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var head = new byte[LooksAt];
        var length = await document.ReadAtLeastAsync(head, LooksAt, throwOnEndOfStream: false, cancel);
        var whole = new PeekedStream(head.AsMemory(0, length), document);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var isEmpty = true;
        var results =
            FrontMatter.Begins(head.AsSpan(0, length)) ? ReadPageAsync(whole, product, cancel) : ReadJsonAsync(whole, product, cancel);
        await foreach (var result in results)
        {
            isEmpty = false;
            yield return result.Product is not { } read || seen.Add(read.Id)
                ? result
                : new LifecycleResult(result.Place, null, [new RejectedRecord(
                    result.Place, read.Id, [new FieldFault("product", $"{read.Id} is listed twice; the first is taken.")])]);
        }

        if (isEmpty) throw new InvalidDataException("The document is empty.");
    }

    private static async IAsyncEnumerable<LifecycleResult> ReadPageAsync(
        Stream page, string product, [EnumeratorCancellation] CancellationToken cancel)
    {
        var (bytes, tooLong) = await WholeDocument.ReadAsync(page, LargestPage, cancel);
        if (tooLong) throw new InvalidDataException($"The page is longer than {LargestPage} bytes.");
        using var json = FrontMatter.Read(bytes);
        yield return ProductReader.Read(json.RootElement, "front matter", product);
    }

    private static async IAsyncEnumerable<LifecycleResult> ReadJsonAsync(
        Stream document, string product, [EnumeratorCancellation] CancellationToken cancel)
    {
        ProductDraft? list = null;
        await foreach (var raw in RecordStream.SplitAsync(document, cancel))
        {
            using var json = RecordStream.Parse(raw, out var fault);
            if (json is null && list is null)
            {
                yield return new LifecycleResult(
                    raw.Position, null, [new RejectedRecord(raw.Position, null, [new FieldFault("", fault!)])]);
            }
            else if (json is null)
            {
                list!.Reject(raw.Position, fault!);
            }
            else if (ProductReader.IsCycle(json.RootElement))
            {
                (list ??= Listing(product)).Add(json.RootElement, raw.Position);
            }
            else
            {
                foreach (var (one, place) in ProductReader.ProductsOf(json.RootElement, raw.Position))
                {
                    yield return ProductReader.Read(one, place, product);
                }
            }
        }

        if (list is not null) yield return list.ToResult("");
    }

    private static ProductDraft Listing(string product) => product.Length > 0
        ? new ProductDraft(product, null, null)
        : throw new InvalidDataException("It is a list of cycles, which does not say of what product: name it as 'product'.");
}
