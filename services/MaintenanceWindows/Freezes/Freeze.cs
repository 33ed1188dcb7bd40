using Google.Protobuf;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Persistence;
using NodaTime;
using Proto = Governance.Windows.V1;

namespace Governance.MaintenanceWindows.Freezes;

/// <summary>A time in which nothing that it covers may change.</summary>
internal sealed class Freeze : Aggregate, ICalendarPart
{
    private Freeze()
    {
    }

    public override string Name => $"freezes/{Id}";

    public FreezeTerms Terms { get; private set; } = null!;

    public static Freeze Create(string id, FreezeTerms terms, Instant now)
    {
        var freeze = new Freeze { Id = id, Terms = terms };
        freeze.Changed("CREATED", now);
        return freeze;
    }

    public void Revise(FreezeTerms terms, Instant now)
    {
        DemandNotLifted();
        Terms = terms;
        Changed("UPDATED", now);
    }

    /// <summary>It stays readable and holds no longer.</summary>
    public void Lift(string reason, Instant now)
    {
        DemandNotLifted();
        MarkDeleted(reason, now);
    }

    public void DemandNotLifted()
    {
        if (IsDeleted)
        {
            throw new RuleViolation("FREEZE_LIFTED", $"{Name} is lifted; create another freeze instead.", ("freeze", Name));
        }
    }

    protected override IMessage ToEvent() => new Proto.FreezeChanged { Freeze = this.ToProto() };
}
