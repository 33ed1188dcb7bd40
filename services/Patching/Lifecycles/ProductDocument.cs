using Governance.Patching.Documents;
using NodaTime;

namespace Governance.Patching.Lifecycles;

/// <summary>One product as a document tells it.</summary>
/// <param name="Id">Its id, <c>php</c>.</param>
/// <param name="Title">Its name for people; null where the document has none.</param>
/// <param name="Identifiers">Package URLs, CPEs, <c>repology:php</c>; null where the document says nothing of them.</param>
/// <param name="Cycles">Its cycles in the document's order, the newest first.</param>
/// <param name="IsComplete">Whether every cycle could be read: only then does one's absence mean that it is gone.</param>
internal sealed record ProductDocument(
    string Id, string? Title, IReadOnlyList<string>? Identifiers, IReadOnlyList<CycleDocument> Cycles, bool IsComplete);

/// <summary>One cycle as a document tells it; a mark that is null is not spoken of.</summary>
internal sealed record CycleDocument
{
    public required string Name { get; init; }

    public string Codename { get; init; } = "";

    public LocalDate? Released { get; init; }

    public SupportMark? ActiveSupport { get; init; }

    public SupportMark? Life { get; init; }

    public SupportMark? ExtendedSupport { get; init; }

    public SupportMark? LongTerm { get; init; }

    public SupportMark? Discontinued { get; init; }

    public string LatestVersion { get; init; } = "";

    public LocalDate? LatestReleased { get; init; }

    /// <summary>
    /// Where no day is announced for the end of life but one for that of extended support, nothing is supported after the latter.
    /// </summary>
    public LocalDate? LastSupportedDay => Life is { Day: { } day } ? day : HasEnded ? null : ExtendedSupport?.Day;

    /// <summary>Its life ended on a day that nobody says.</summary>
    public bool HasEnded => Life is { Day: null, IsReached: true };
}

/// <summary>What was read at one place of a document: a product, or nothing; and what of it was refused.</summary>
internal readonly record struct LifecycleResult(string Place, ProductDocument? Product, IReadOnlyList<RejectedRecord> Rejected);
