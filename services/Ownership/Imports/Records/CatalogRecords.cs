using Governance.Ownership.V1;
using NodaTime;

namespace Governance.Ownership.Imports.Records;

/// <summary>What a catalogue document gives, in its order.</summary>
/// <param name="Position">`line 12, document 3`, or `line 12`.</param>
/// <param name="Subject">What it calls itself, `Component checkout`; empty when that could not be read.</param>
internal abstract record CatalogRecord(string Position, string Subject)
{
    /// <summary>Its resource name, `components/checkout`; empty for what is not taken.</summary>
    public string Name { get; init; } = "";
}

/// <summary>What is refused: nothing of it is kept.</summary>
/// <param name="Position">Where.</param>
/// <param name="Subject">What it calls itself.</param>
/// <param name="Reason">Everything that is wrong with it.</param>
internal sealed record RefusedRecord(string Position, string Subject, string Reason) : CatalogRecord(Position, Subject)
{
    /// <summary>The names that it seems to speak of, as they stand there: that it is broken does not mean that they are gone.</summary>
    public IReadOnlyList<string> Speaks { get; init; } = [];
}

/// <summary>What is right and not taken as it stands: another kind of entity, or a part of one that we do not keep.</summary>
/// <param name="Position">Where.</param>
/// <param name="Subject">What it calls itself.</param>
/// <param name="Reason">Why it is not taken.</param>
internal sealed record NotedRecord(string Position, string Subject, string Reason) : CatalogRecord(Position, Subject);

/// <summary>A part of the platform.</summary>
internal sealed record ComponentRecord(string Position, string Subject) : CatalogRecord(Position, Subject)
{
    /// <summary>For people.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>What it is for.</summary>
    public string Description { get; init; } = "";

    /// <summary>What it is.</summary>
    public Component.Types.Kind Kind { get; init; } = Component.Types.Kind.Service;

    /// <summary>Where it stands in its life.</summary>
    public Component.Types.Lifecycle Lifecycle { get; init; } = Component.Types.Lifecycle.Production;

    /// <summary>1 to 4; 1 when the document does not say.</summary>
    public int Tier { get; init; } = 1;

    /// <summary>Whether the internet reaches it.</summary>
    public Component.Types.Exposure Exposure { get; init; }

    /// <summary>`systems/…`, or empty.</summary>
    public string System { get; init; } = "";

    /// <summary>`parties/…`, or empty.</summary>
    public string Owner { get; init; } = "";

    /// <summary>`components/…`, or empty.</summary>
    public string SubcomponentOf { get; init; } = "";

    /// <summary>Lower-case.</summary>
    public IReadOnlyList<string> Environments { get; init; } = [];

    /// <summary>`components/…` that it needs, each once.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>`components/…` that need it, each once.</summary>
    public IReadOnlyList<string> DependencyOf { get; init; } = [];

    /// <summary>`apis/…`.</summary>
    public IReadOnlyList<string> ProvidesApis { get; init; } = [];

    /// <summary>`apis/…`.</summary>
    public IReadOnlyList<string> ConsumesApis { get; init; } = [];

    /// <summary>As URLs.</summary>
    public IReadOnlyList<string> Repositories { get; init; } = [];

    /// <summary>Free labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>As endoflife.date names it, or empty.</summary>
    public string PlatformProduct { get; init; } = "";

    /// <summary>Its version, or empty.</summary>
    public string PlatformVersion { get; init; } = "";

    /// <summary>Lines of source code; 0 when not said.</summary>
    public long SizeInLines { get; init; }

    /// <summary>How long the business bears it to be away; null when not said.</summary>
    public Duration? MaximumTolerableDowntime { get; init; }

    /// <summary>Recovery time objective; null when not said.</summary>
    public Duration? RecoveryTime { get; init; }

    /// <summary>Recovery point objective; null when not said.</summary>
    public Duration? RecoveryPoint { get; init; }

    /// <summary>Who has which duty for which area.</summary>
    public IReadOnlyList<AssignmentRecord> Assignments { get; init; } = [];
}

/// <summary>A duty that the document gives.</summary>
/// <param name="Area">The area's id.</param>
/// <param name="Duty">The duty.</param>
/// <param name="Party">`parties/…`.</param>
internal sealed record AssignmentRecord(string Area, Responsibility.Types.Duty Duty, string Party);

/// <summary>Components that together do one thing.</summary>
internal sealed record SystemRecord(string Position, string Subject) : CatalogRecord(Position, Subject)
{
    /// <summary>For people.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>What it is for.</summary>
    public string Description { get; init; } = "";

    /// <summary>`parties/…`.</summary>
    public string Owner { get; init; } = "";

    /// <summary>The business domain, or empty.</summary>
    public string Domain { get; init; } = "";
}

/// <summary>An interface that components provide and consume.</summary>
internal sealed record ApiRecord(string Position, string Subject) : CatalogRecord(Position, Subject)
{
    /// <summary>For people.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>What it is for.</summary>
    public string Description { get; init; } = "";

    /// <summary>`openapi`, `grpc`, `asyncapi` ….</summary>
    public string Type { get; init; } = "";

    /// <summary>Where it stands in its life.</summary>
    public Component.Types.Lifecycle Lifecycle { get; init; } = Component.Types.Lifecycle.Production;

    /// <summary>`parties/…`.</summary>
    public string Owner { get; init; } = "";

    /// <summary>`systems/…`, or empty.</summary>
    public string System { get; init; } = "";
}

/// <summary>A team or vendor.</summary>
internal sealed record PartyRecord(string Position, string Subject) : CatalogRecord(Position, Subject)
{
    /// <summary>For people.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>TEAM or VENDOR.</summary>
    public Party.Types.Kind Kind { get; init; } = Party.Types.Kind.Team;

    /// <summary>What it is for.</summary>
    public string Description { get; init; } = "";

    /// <summary>The party that it is part of, `parties/…`, or empty.</summary>
    public string Parent { get; init; } = "";

    /// <summary>An e-mail address, or empty.</summary>
    public string Email { get; init; } = "";

    /// <summary>`users/…`.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];

    /// <summary>The owners in CODEOWNERS that mean it, without `@`.</summary>
    public IReadOnlyList<string> CodeownersAliases { get; init; } = [];
}

/// <summary>A person, who belongs to parties.</summary>
internal sealed record UserRecord(string Position, string Subject) : CatalogRecord(Position, Subject)
{
    /// <summary>For people.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>An e-mail address, or empty.</summary>
    public string Email { get; init; } = "";

    /// <summary>`parties/…` that the person belongs to.</summary>
    public IReadOnlyList<string> MemberOf { get; init; } = [];
}
