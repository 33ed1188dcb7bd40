using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Governance.BuildingBlocks.Audit;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Security;
using Governance.Common.V1;
using Governance.Patching.V1;
using NodaTime;
using Stand = Governance.Patching.V1.RemediationException.Types.State;

namespace Governance.Patching.Exceptions;

/// <summary>An exception as it is kept. What follows for its remediations is <see cref="ExceptionEffects"/>'s.</summary>
internal sealed class StoredException : Aggregate, IApprovable
{
    /// <summary>Stands for "never" where no clock runs.</summary>
    public static readonly Instant Never = Instant.FromUtc(9999, 1, 1, 0, 0);

    private StoredException()
    {
    }

    public override string Name => $"exceptions/{Id}";

    /// <summary>All that is shown of it, apart from its etag and times.</summary>
    public RemediationException Body { get; private set; } = new();

    public Stand Status { get; private set; }

    /// <summary>When it ends, exclusive.</summary>
    public Instant Expiry { get; private set; }

    /// <summary>When time alone changes it next: it ends, or its review is overdue.</summary>
    public Instant NextMoment { get; private set; } = Never;

    public bool ReviewOverdue { get; private set; }

    /// <param name="id">Its id.</param>
    /// <param name="terms">What is asked for.</param>
    /// <param name="components">Of its remediations.</param>
    /// <param name="requester">The person who asks.</param>
    /// <param name="now">The business clock's.</param>
    public static StoredException Create(
        string id, RemediationException terms, IEnumerable<string> components, string requester, Instant now)
    {
        var stored = new StoredException { Id = id };
        stored.Become("CREATED", now, body =>
        {
            body.MergeFrom(terms);
            body.Components.Add(components);
            (body.Name, body.Requester, body.State, body.Digest) = (stored.Name, requester, Stand.Requested, Digests.Of(terms));
        });
        return stored;
    }

    /// <summary>Other terms; the digest is theirs.</summary>
    public void Edit(RemediationException terms, IEnumerable<string> components, string editor, Instant now)
    {
        DemandEditable();
        Become("UPDATED", now, body =>
        {
            body.Remediations.Clear();
            body.CompensatingControls.Clear();
            body.Components.Clear();
            (body.Risk, body.Expiry, body.NextReviewTime) = (null, null, null);
            body.MergeFrom(terms);
            body.Components.Add(components);
            body.Digest = Digests.Of(terms);
            if (!body.Editors.Contains(editor)) body.Editors.Add(editor);
        });
    }

    public void DemandEditable() =>
        Demand(Stand.Requested, "EXCEPTION_NOT_REQUESTED", "Only what still waits for its approval can be edited.");

    /// <summary>The caller was held to the separation of duties.</summary>
    public void Approve(Approval approval, Instant now)
    {
        DemandRequested();
        Become("APPROVED", now, body =>
        {
            body.State = Stand.Approved;
            body.Approvals.Add(approval);
        });
    }

    public void Reject(string reason, Instant now)
    {
        DemandRequested();
        Become("REJECTED", now, body => End(body, Stand.Rejected, reason, now));
    }

    public void Revoke(string reason, Instant now)
    {
        DemandInForce();
        Become("REVOKED", now, body => End(body, Stand.Revoked, reason, now));
    }

    /// <summary>Its time is over.</summary>
    public void Expire(Instant now) => Become("EXPIRED", now, body => End(body, Stand.Expired, "", Expiry));

    /// <summary>Its review was not done in time.</summary>
    public void MissReview(Instant now) => Become("REVIEW_OVERDUE", now, body => body.ReviewOverdue = true);

    public void Review(string reviewer, string comment, Timestamp? next, Instant now)
    {
        DemandInForce();
        Become("REVIEWED", now, body =>
        {
            body.Reviews.Add(new ExceptionReview
            {
                Reviewer = reviewer,
                At = now.ToTimestamp(),
                Comment = comment,
                Changes = { body.ChangedSinceApproval },
            });
            body.ChangedSinceApproval.Clear();
            (body.NextReviewTime, body.ReviewOverdue) = (next, false);
        });
    }

    /// <summary>What it is about got worse. It stays in force: whether that is right is for a person to say. Said once.</summary>
    public void Worsen(IEnumerable<ExceptionChange> changes, Instant now)
    {
        var news = changes.Except(Body.ChangedSinceApproval).ToList();
        if (Status == Stand.Approved && news.Count > 0) Become("FACTS_WORSENED", now, body => body.ChangedSinceApproval.AddRange(news));
    }

    public void DemandInForce() => Demand(Stand.Approved, "EXCEPTION_NOT_APPROVED", "It is not in force.");

    public ApprovalRecord ToApprovalRecord() => new()
    {
        Resource = Name,
        Requester = Body.Requester,
        Editors = { Body.Editors },
        Approvals = { Body.Approvals },
    };

    public RemediationException ToProto()
    {
        var message = Body.Clone();
        message.Components.Clear();
        (message.CreateTime, message.UpdateTime, message.Etag) = (CreateTime.ToTimestamp(), UpdateTime.ToTimestamp(), Etag);
        return message;
    }

    protected override IMessage ToEvent() => new RemediationExceptionChanged { Exception = Body.Clone() };

    protected override IMessage State() => ToProto();

    private static void End(RemediationException body, Stand state, string reason, Instant at) =>
        (body.State, body.EndReason, body.EndTime, body.ReviewOverdue) = (state, reason, at.ToTimestamp(), false);

    private void DemandRequested() => Demand(Stand.Requested, "EXCEPTION_NOT_REQUESTED", "It does not wait for an approval.");

    private void Demand(Stand state, string reason, string message)
    {
        if (Status != state) throw new RuleViolation(reason, $"{Name} is {Word}: {message}", ("exception", Name), ("state", Word));
    }

    private string Word => Status.ToString().ToUpperInvariant();

    /// <summary>Changes a copy of the body.</summary>
    private void Become(string verb, Instant now, Action<RemediationException> change)
    {
        var body = Body.Clone();
        change(body);
        Body = body;
        (Status, Expiry, ReviewOverdue) = (body.State, body.Expiry.ToInstant(), body.ReviewOverdue);
        NextMoment = Status switch
        {
            Stand.Approved when !ReviewOverdue && body.NextReviewTime is { } review => Instant.Min(review.ToInstant(), Expiry),
            Stand.Requested or Stand.Approved => Expiry,
            _ => Never,
        };
        Changed(verb, now);
    }
}
