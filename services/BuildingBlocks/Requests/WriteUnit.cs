using Google.Protobuf;
using Governance.BuildingBlocks.Audit;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Security;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Governance.BuildingBlocks.Requests;

/// <summary>
/// One write: under the write lock, in one transaction, saved once when the work has returned. Changed aggregates publish
/// their events and append to the audit log without being asked.
/// </summary>
public abstract class WriteUnit
{
    private readonly List<Action> _afterCommit = [];
    private int _ordinal;

    internal WriteUnit(GovernanceDbContext context, LedgerRow ledger, UnitScope scope, Instant now)
    {
        Context = context;
        Ledger = ledger;
        Scope = scope;
        Now = now;
        Sequence = ledger.Sequence + 1;
        Reason = scope.Reason;
        Lane = scope.Lane;
    }

    /// <summary>Who calls; the service itself in workers and event handlers.</summary>
    public Caller Caller => Scope.Caller;

    /// <summary>The business clock's now, the same for the whole write.</summary>
    public Instant Now { get; }

    /// <summary>The commit sequence that this write gets: higher than every write before it.</summary>
    public long Sequence { get; }

    /// <summary>The owner's epoch.</summary>
    public long Epoch => Ledger.Epoch;

    /// <summary>Whether the write will be rolled back because the caller only asked whether it would be accepted.</summary>
    public bool ValidateOnly => Scope.ValidateOnly;

    /// <summary>The service's own stamp in the ledger row, for what it holds in memory.</summary>
    public long Stamp => Ledger.Stamp;

    internal GovernanceDbContext Context { get; }

    internal LedgerRow Ledger { get; }

    internal UnitScope Scope { get; }

    internal string Reason { get; private set; }

    internal Lane Lane { get; private set; }

    internal bool Discarded { get; private set; }

    internal bool Published { get; set; }

    internal List<AuditNote> Notes { get; } = [];

    internal List<RaisedEvent> Raised { get; } = [];

    internal NewRows NewRows { get; } = new();

    /// <summary>Refuses when the caller quotes another etag than the resource has. An empty one asks for no guard.</summary>
    /// <exception cref="StaleEtag">ABORTED.</exception>
    public void CheckEtag(Aggregate resource, string etag)
    {
        if (etag.Length > 0 && etag != resource.Etag) throw new StaleEtag(resource.Name, etag, resource.Etag);
    }

    /// <summary>Publishes a state event of something that is no aggregate; its version is this write's sequence.</summary>
    /// <param name="subject">The resource name.</param>
    /// <param name="stateEvent">The event; its `meta` is filled in.</param>
    /// <param name="change">What happened.</param>
    /// <param name="deleted">Whether the resource is gone.</param>
    public void Raise(string subject, IMessage stateEvent, string change = "UPDATED", bool deleted = false) =>
        Raised.Add(new RaisedEvent(subject, stateEvent, change, Sequence, deleted));

    /// <summary>Appends to the audit log what no aggregate says by itself, or under which authority it was done.</summary>
    /// <param name="resource">The resource name.</param>
    /// <param name="duty">The kind of authority, for separation of duties.</param>
    /// <param name="before">Digest before, if there is one.</param>
    /// <param name="after">Digest after, if there is one.</param>
    public void Record(string resource, Duty? duty = null, string before = "", string after = "") =>
        Notes.Add(new AuditNote(resource, before, after, duty));

    /// <summary>The reason that the audit log gives; the request's `reason` field unless said otherwise.</summary>
    public void Because(string reason) => Reason = reason;

    /// <summary>
    /// Lets events of other writes go before this one's: for work of which nobody waits for the single step, such as a look at
    /// thousands after an import. Imports and republishing do so by themselves.
    /// </summary>
    public void PublishLater() => Lane = Lane.Later;

    /// <summary>Raises the stamp: other replicas see that what they hold in memory is old.</summary>
    /// <returns>The new stamp.</returns>
    public long BumpStamp() => ++Ledger.Stamp;

    /// <summary>Runs after the commit and before the next write begins; not at all when the write is rolled back.</summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    internal int NextOrdinal() => _ordinal++;

    internal void Discard() => Discarded = true;

    internal void Committed() => _afterCommit.ForEach(action => action());
}

/// <inheritdoc/>
/// <typeparam name="TDb">The service's database.</typeparam>
public sealed class WriteUnit<TDb> : WriteUnit
    where TDb : GovernanceDbContext
{
    internal WriteUnit(TDb db, LedgerRow ledger, UnitScope scope, Instant now)
        : base(db, ledger, scope, now) => Db = db;

    /// <summary>The database, inside the transaction. Do not save: the write saves once.</summary>
    public TDb Db { get; }

    /// <summary>Adds a new aggregate. A name that was erased before goes on with its version, so that consumers take it.</summary>
    /// <exception cref="AlreadyExists">The id is taken, also by a resource that is marked deleted.</exception>
    public async Task AddAsync<T>(T aggregate, CancellationToken ct)
        where T : Aggregate
    {
        if (await Db.Set<T>().IgnoreQueryFilters().AnyAsync(other => other.Id == aggregate.Id, ct)) throw new AlreadyExists(aggregate.Name);
        if (await Db.Tombstones.FindAsync([aggregate.Name], ct) is { } tombstone)
        {
            aggregate.ContinueFrom(tombstone.Version);
            Db.Tombstones.Remove(tombstone);
        }

        Db.Add(aggregate);
    }

    /// <summary>
    /// Adds a new row or aggregate without the change tracker: for imports, where there are thousands. It is inserted after
    /// all that the tracker saves, kinds in the order of their first rows; until then neither queries nor the tracker know
    /// it. Its columns must be properties of its own. An aggregate publishes and is audited like any other, but nobody looks
    /// whether its name is taken, which fails the whole write, or was erased before: the import knows that.
    /// </summary>
    public void Insert<T>(T row)
        where T : class => NewRows.Add(row);

    /// <summary>What was given to <see cref="Insert{T}(T)"/>, for <see cref="GovernanceDbContext.Saving"/>, which the tracker does not tell of it.</summary>
    public IEnumerable<T> Inserted<T>()
        where T : class => NewRows.Of<T>();

    /// <inheritdoc cref="Insert{T}(T)"/>
    public void InsertRange<T>(IEnumerable<T> rows)
        where T : class
    {
        foreach (var row in rows) Insert(row);
    }
}

/// <summary>An event that is no aggregate's.</summary>
internal sealed record RaisedEvent(string Subject, IMessage Event, string Change, long Version, bool Deleted)
{
    /// <summary>Another topic than the service's own.</summary>
    public string? Topic { get; init; }

    public string Run { get; init; } = "";
}
