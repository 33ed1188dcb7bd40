using NodaTime;

namespace Governance.BuildingBlocks.Audit;

/// <summary>One entry of the hash chain.</summary>
internal sealed class AuditRow
{
    public long Sequence { get; set; }

    public Instant Time { get; set; }

    public required string Principal { get; set; }

    public required string Person { get; set; }

    /// <summary>Comma-separated.</summary>
    public required string Roles { get; set; }

    public required string Action { get; set; }

    public required string Resource { get; set; }

    public required string BeforeDigest { get; set; }

    public required string AfterDigest { get; set; }

    public required string Reason { get; set; }

    public required string CorrelationId { get; set; }

    public required string Duty { get; set; }

    public required string PreviousHash { get; set; }

    public required string Hash { get; set; }
}

/// <summary>A signed head: a neighbour's that this service keeps, or this service's as a neighbour kept it.</summary>
internal sealed class AuditHeadRow
{
    /// <summary>Whose chain.</summary>
    public required string Service { get; set; }

    /// <summary>Who kept it.</summary>
    public required string Keeper { get; set; }

    public long Sequence { get; set; }

    public required string Hash { get; set; }

    /// <summary>The AuditHeadPublished message.</summary>
    public required byte[] Head { get; set; }
}

/// <summary>Who had which duty on one approved resource, violations counted.</summary>
internal sealed class ApprovalRow
{
    public required string Resource { get; set; }

    public int Violations { get; set; }

    public Instant UpdateTime { get; set; }

    /// <summary>The ApprovalRecord message.</summary>
    public required byte[] Record { get; set; }
}
