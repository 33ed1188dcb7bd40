using Governance.Common.V1;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Occasion = Governance.Ownership.V1.NotificationRule.Types.Occasion;

namespace Governance.Ownership.Notifications.Situations;

/// <summary>Something that holds, or will hold at an instant: what rules tell of.</summary>
internal sealed record SituationFacts
{
    public required Occasion Occasion { get; init; }

    /// <summary>Tells several of one occasion and source apart.</summary>
    public string Aspect { get; init; } = "";

    /// <summary>The resource that people are told about.</summary>
    public required string Subject { get; init; }

    /// <summary>Tells one time from the next: a booking that moves again is told again.</summary>
    public required string Key { get; init; }

    /// <summary>The instant that it is about; lead times count back from it. Null: it holds already.</summary>
    public Instant? Due { get; init; }

    /// <summary>From when it is no longer worth telling, exclusive. Null: as long as it holds.</summary>
    public Instant? End { get; init; }

    /// <summary>`components/…`.</summary>
    public IReadOnlyList<string> Components { get; init; } = [];

    /// <summary>Parties that it concerns besides those who answer for the components, `parties/…`.</summary>
    public IReadOnlyList<string> Parties { get; init; } = [];

    public IReadOnlyList<string> Environments { get; init; } = [];

    public Severity Severity { get; init; }

    /// <summary>In one line.</summary>
    public required string Title { get; init; }

    /// <summary>In words.</summary>
    public string Text { get; init; } = "";
}

/// <summary>A situation as it is kept: all that is needed of the resource behind it.</summary>
internal sealed class Situation
{
    /// <summary>The resource whose state says so, `remediations/…`.</summary>
    public required string Source { get; init; }

    public required Occasion Occasion { get; init; }

    public required string Aspect { get; init; }

    public string Subject { get; private set; } = "";

    public string Key { get; private set; } = "";

    public Instant? Due { get; private set; }

    public Instant? End { get; private set; }

    /// <summary>When rules are to be asked again. Null: they have been, and time alone changes nothing.</summary>
    public Instant? NextLook { get; set; }

    public string Components { get; private set; } = "";

    public string Parties { get; private set; } = "";

    public string Environments { get; private set; } = "";

    public Severity Severity { get; private set; }

    public string Title { get; private set; } = "";

    public string Text { get; private set; } = "";

    public IReadOnlyList<string> ComponentNames => Split(Components);

    public IReadOnlyList<string> PartyNames => Split(Parties);

    public IReadOnlyList<string> EnvironmentIds => Split(Environments);

    /// <summary>What people are told, once.</summary>
    public (string Subject, Occasion Occasion, string Key) Told => (Subject, Occasion, Key);

    public static Situation Of(string source, SituationFacts facts, Instant now)
    {
        var situation = new Situation { Source = source, Occasion = facts.Occasion, Aspect = facts.Aspect };
        situation.Take(facts, now);
        return situation;
    }

    /// <summary>Whether the facts take its place.</summary>
    public bool Is(SituationFacts facts) => Occasion == facts.Occasion && Aspect == facts.Aspect;

    /// <summary>Whether the facts are about the same time of the same thing.</summary>
    public bool IsSameAs(SituationFacts facts) => Subject == facts.Subject && Key == facts.Key;

    /// <summary>Takes the facts over; rules are asked again when they could answer otherwise.</summary>
    public void Take(SituationFacts facts, Instant now)
    {
        var (components, parties, environments) = (Join(facts.Components), Join(facts.Parties), Join(facts.Environments));
        var isAsBefore = IsSameAs(facts) && Due == facts.Due && End == facts.End && Severity == facts.Severity
            && Components == components && Parties == parties && Environments == environments;
        (Subject, Key, Due, End, Severity) = (facts.Subject, facts.Key, facts.Due, facts.End, facts.Severity);
        (Components, Parties, Environments) = (components, parties, environments);
        (Title, Text) = (facts.Title, facts.Text);
        if (!isAsBefore) NextLook = now;
    }

    private static string Join(IEnumerable<string> names) => string.Join(',', names.Where(name => name.Length > 0).Distinct());

    private static string[] Split(string names) => names.Split(',', StringSplitOptions.RemoveEmptyEntries);
}

internal sealed class SituationConfiguration : IEntityTypeConfiguration<Situation>
{
    public void Configure(EntityTypeBuilder<Situation> builder)
    {
        builder.ToTable("Situations").HasKey(row => new { row.Source, row.Occasion, row.Aspect });
        builder.Property(row => row.Source).HasMaxLength(300);
        builder.Property(row => row.Aspect).HasMaxLength(100);
        builder.Property(row => row.Subject).HasMaxLength(300);
        builder.Property(row => row.Key).HasMaxLength(200);
        builder.Ignore(row => row.ComponentNames).Ignore(row => row.PartyNames).Ignore(row => row.EnvironmentIds).Ignore(row => row.Told);
        builder.HasIndex(row => row.NextLook).HasFilter("[NextLook] IS NOT NULL");
        builder.HasIndex(row => new { row.Subject, row.Occasion });
        builder.HasIndex(row => row.Occasion);
    }
}
