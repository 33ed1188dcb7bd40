using System.Globalization;
using Google.Protobuf;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Security;
using Governance.Ownership.Insights.Gaps.Rules;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Kind = Governance.Ownership.V1.OwnershipGap.Types.Kind;
using Proto = Governance.Ownership.V1;
using Severity = Governance.Ownership.V1.OwnershipGap.Types.Severity;

namespace Governance.Ownership.Insights.Gaps;

/// <summary>Somewhere nobody answers, or nobody can be reached: from when to when. It is kept for ever, for reviews count it.</summary>
internal sealed class Gap : Aggregate
{
    private Gap()
    {
    }

    public override string Name => $"ownershipGaps/{Id}";

    /// <summary>What was looked at when it was found, `components/…` or `parties/…`.</summary>
    public string Subject { get; private set; } = "";

    /// <summary>Digest of subject and finding: the same for every occurrence.</summary>
    public string Key { get; private set; } = "";

    /// <summary>1 for the first time.</summary>
    public int Occurrence { get; private set; }

    public Kind Kind { get; private set; }

    public string Component { get; private set; } = "";

    /// <summary>The area's id.</summary>
    public string Area { get; private set; } = "";

    public string Party { get; private set; } = "";

    public string Contract { get; private set; } = "";

    public string Obligation { get; private set; } = "";

    public string Related { get; private set; } = "";

    public string Detail { get; private set; } = "";

    public Severity Severity { get; private set; }

    /// <summary>When it began by the dates of what was recorded.</summary>
    public Instant OpenTime { get; private set; }

    /// <summary>When it ended by the same rule; null while it is open.</summary>
    public Instant? CloseTime { get; private set; }

    public static string KeyOf(string subject, Finding finding) => Digests.Of($"{subject}|{finding.Key}");

    public static Gap Open(string subject, Finding finding, int occurrence, Severity severity, Instant since, Instant now)
    {
        var key = KeyOf(subject, finding);
        var gap = new Gap
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{Slug(finding.Kind)}-{key[..20]}-{occurrence}"),
            Subject = subject,
            Key = key,
            Occurrence = occurrence,
            Kind = finding.Kind,
            Component = subject.StartsWith("components/", StringComparison.Ordinal) ? subject : "",
            Area = finding.Area,
            Party = finding.Party,
            Contract = finding.Contract,
            Obligation = finding.Obligation,
            Related = finding.Related,
            Detail = finding.Detail,
            Severity = severity,
            OpenTime = since,
        };
        gap.Changed("CREATED", now);
        return gap;
    }

    public void Close(Instant at, Instant now)
    {
        CloseTime = Instant.Max(at, OpenTime);
        Changed("CLOSED", now);
    }

    /// <summary>The component's tier is another.</summary>
    public void Weigh(Severity severity, Instant now)
    {
        if (severity == Severity) return;
        Severity = severity;
        Changed("UPDATED", now);
    }

    public Proto.OwnershipGap ToProto() => new()
    {
        Name = Name,
        Kind = Kind,
        Component = Component,
        Area = Area.Length > 0 ? $"areas/{Area}" : "",
        Party = Party,
        Contract = Contract,
        Obligation = Obligation,
        Related = Related,
        Detail = Detail,
        OpenTime = OpenTime.ToTimestamp(),
        CloseTime = CloseTime?.ToTimestamp(),
        State = CloseTime is null ? Proto.OwnershipGap.Types.State.Open : Proto.OwnershipGap.Types.State.Closed,
        Severity = Severity,
        NotedTime = CreateTime.ToTimestamp(),
        Occurrence = Occurrence,
    };

    protected override IMessage ToEvent() => new Proto.OwnershipGapChanged { OwnershipGap = ToProto() };

    /// <summary>`UnownedArea` as `unowned-area`.</summary>
    private static string Slug(Kind kind) =>
        string.Concat(kind.ToString().Select((letter, place) =>
            char.IsAsciiLetterLower(letter) ? $"{letter}" : $"{(place > 0 ? "-" : "")}{char.ToLowerInvariant(letter)}"));
}

internal sealed class GapConfiguration : IEntityTypeConfiguration<Gap>
{
    public void Configure(EntityTypeBuilder<Gap> builder)
    {
        builder.ToTable("Gaps");
        builder.Property(gap => gap.Subject).HasMaxLength(220);
        builder.Property(gap => gap.Key).HasMaxLength(64);
        builder.Property(gap => gap.Component).HasMaxLength(220);
        builder.Property(gap => gap.Area).HasMaxLength(200);
        builder.Property(gap => gap.Party).HasMaxLength(220);
        builder.Property(gap => gap.Contract).HasMaxLength(220);
        builder.Property(gap => gap.Obligation).HasMaxLength(100);
        builder.Property(gap => gap.Related).HasMaxLength(300);
        builder.HasIndex(gap => gap.Subject).HasFilter("[CloseTime] IS NULL");
        builder.HasIndex(gap => new { gap.Key, gap.Occurrence }).IsUnique();
        builder.HasIndex(gap => new { gap.OpenTime, gap.Id });
        builder.HasIndex(gap => new { gap.Kind, gap.OpenTime });
        builder.HasIndex(gap => gap.Component);
        builder.HasIndex(gap => gap.Party);
    }
}
