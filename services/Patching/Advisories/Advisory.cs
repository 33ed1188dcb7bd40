using Google.Protobuf;
using Governance.BuildingBlocks.Persistence;
using Governance.Common.V1;
using NodaTime;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Advisories;

/// <summary>A vulnerability as all of its sources together tell it. It follows from them; nobody edits it.</summary>
internal sealed class Advisory : Aggregate
{
    private Advisory()
    {
    }

    public override string Name => $"advisories/{Id}";

    /// <summary>All that is shown of it, apart from its etag.</summary>
    public Proto.Advisory Body { get; private set; } = new();

    /// <summary>What policies see.</summary>
    public SeverityBand Band { get; private set; }

    public Severity Severity { get; private set; }

    public bool IsKev { get; private set; }

    public Instant Modified { get; private set; }

    /// <summary>Withdrawn by every source that describes it.</summary>
    public bool IsWithdrawn { get; private set; }

    /// <summary>Ids, aliases and summary in lower case, for the search by text.</summary>
    public string SearchText { get; private set; } = "";

    public static Advisory Create(string id, MergedAdvisory merged, Instant now)
    {
        var advisory = new Advisory { Id = id };
        advisory.Take(merged, now);
        return advisory;
    }

    /// <summary>Takes over what its sources say now.</summary>
    public void Take(MergedAdvisory merged, Instant now)
    {
        Body = merged.Body;
        Band = merged.Band;
        Severity = merged.Body.Severity;
        IsKev = merged.Body.Kev is not null;
        Modified = merged.Modified;
        IsWithdrawn = merged.Body.Withdrawn is not null;
        SearchText = string.Join('\n', [merged.Body.Name[11..], .. merged.Body.Aliases, merged.Body.Summary]).ToLowerInvariant();
        Changed("UPDATED", now);
    }

    public Proto.Advisory ToProto()
    {
        var message = Body.Clone();
        message.Etag = Etag;
        return message;
    }

    protected override IMessage? ToEvent() => null;

    protected override IMessage State() => Body;
}
