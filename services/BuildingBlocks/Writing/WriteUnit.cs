using System.Linq.Expressions;
using Google.Protobuf;
using Governance.BuildingBlocks.Audit;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Security;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Governance.BuildingBlocks.Writing;

/// <summary>
/// One write: under the write lock, in one transaction, saved once when the work has returned. Changed aggregates publish
/// their events and append to the audit log without being asked.
/// </summary>
public abstract class WriteUnit
{
    private readonly List<Action> _afterCommit = [];
    private readonly long _stampBefore;
    private int _ordinal;

    internal WriteUnit(GovernanceDbContext context, LedgerRow ledger, UnitScope scope, Instant now)
    {
        Context = context;
        Ledger = ledger;
        Scope = scope;
        Now = now;
        Sequence = ledger.Sequence + 1;
        Reason = scope.Reason;
        _stampBefore = ledger.Stamp;
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

    internal int AfterCommitCount => _afterCommit.Count;

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

    /// <summary>Raises the stamp, once however often a write asks: other replicas see that what they hold in memory is old.</summary>
    /// <returns>The new stamp.</returns>
    public long BumpStamp() => Ledger.Stamp = _stampBefore + 1;

    /// <summary>Runs after the commit and before the next write begins; not at all when the write is rolled back.</summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    internal void KeepAfterCommit(int count) => _afterCommit.RemoveRange(count, _afterCommit.Count - count);

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

    /// <summary>A resource by its name, marked as deleted or not; tracked.</summary>
    /// <exception cref="Missing">NOT_FOUND: there is none, or the name is another kind's.</exception>
    public async Task<T> FindAsync<T>(string name, CancellationToken ct)
        where T : Aggregate =>
        await Db.Set<T>().FindAsync([name[(name.LastIndexOf('/') + 1)..]], ct) is { } found && found.Name == name
            ? found
            : throw new Missing(name);

    /// <summary>
    /// Changes a resource that is there, that the caller may change before and after, and that is in the state that they quote.
    /// Checked in this order.
    /// </summary>
    /// <param name="name">The resource name.</param>
    /// <param name="etag">The caller's; empty asks for no guard.</param>
    /// <param name="demand">Refuses what is not the caller's to see or to change. Asked again of what it has become.</param>
    /// <param name="change">Calls a verb.</param>
    /// <param name="ct">Gives up before the commit.</param>
    /// <exception cref="Missing">NOT_FOUND.</exception>
    /// <exception cref="StaleEtag">ABORTED.</exception>
    public async Task<T> ChangeAsync<T>(string name, string etag, Func<T, Task> demand, Func<T, Task> change, CancellationToken ct)
        where T : Aggregate
    {
        var resource = await FindAsync<T>(name, ct);
        await demand(resource);
        CheckEtag(resource, etag);
        await change(resource);
        await demand(resource);
        return resource;
    }

    /// <summary>
    /// What the database will have when this write is saved: what matches there, without what the write has deleted or changed so
    /// that it no longer matches, and with what it has added, inserted or changed so that it does. In no order; tracked, except
    /// what was inserted past the tracker, which is changed in place and cannot be removed.
    /// </summary>
    /// <param name="predicate">Asked of the database and of objects: texts compare by ordinal in both.</param>
    /// <param name="ct">Gives up.</param>
    public Task<List<T>> LoadAsync<T>(Expression<Func<T, bool>> predicate, CancellationToken ct)
        where T : class => UnsavedQuery.LoadAsync(Db, NewRows, predicate, ct);

    /// <summary>
    /// Adds a new row or aggregate without the change tracker: for imports, where there are thousands. It is inserted after
    /// all that the tracker saves, kinds in the order of their first rows; until then neither queries nor the tracker know
    /// it, and followers and <see cref="LoadAsync{T}"/> do. Its columns must be properties of its own. An aggregate publishes and is
    /// audited like any other, but nobody looks whether its name is taken, which fails the whole write, or was erased before: the import
    /// knows that.
    /// </summary>
    public void Insert<T>(T row)
        where T : class => NewRows.Add(row);

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
