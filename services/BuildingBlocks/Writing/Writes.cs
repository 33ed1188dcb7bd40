using Google.Protobuf;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Security;
using Grpc.Core;
using NodaTime;

namespace Governance.BuildingBlocks.Writing;

/// <summary>
/// The way every mutation takes: write lock, load, verbs, one save (effect, events, audit, request key, ledger), answer.
/// The request's fields `request_id` (idempotency), `validate_only` and `reason` are honoured by themselves.
/// </summary>
/// <typeparam name="TDb">The service's database.</typeparam>
public sealed class Writes<TDb>
    where TDb : GovernanceDbContext
{
    private static readonly Duration Kept = Duration.FromHours(24);
    private readonly UnitRunner<TDb> _runner;
    private readonly ServiceEntry _service;

    internal Writes(UnitRunner<TDb> runner, ServiceEntry service)
    {
        _runner = runner;
        _service = service;
    }

    /// <summary>Runs a mutating RPC.</summary>
    /// <param name="request">The request.</param>
    /// <param name="context">The call.</param>
    /// <param name="work">Loads and calls verbs. May run again on a fresh unit; must not save.</param>
    /// <param name="answer">
    /// Maps what the work returned, after all that follows from the work and before the save, so that the caller gets what the
    /// next read would give.
    /// </param>
    /// <param name="storeResult">False for calls that return secrets: their repeats are not answered from the store.</param>
    /// <returns>The answer, or the first one when this is a repeat.</returns>
    public Task<TResponse> RunAsync<T, TResponse>(
        IMessage request,
        ServerCallContext context,
        Func<WriteUnit<TDb>, CancellationToken, Task<T>> work,
        Func<T, TResponse> answer,
        bool storeResult = true)
        where TResponse : class, IMessage<TResponse>, new() =>
        RunAsync(request, context, work, (_, result, _) => Task.FromResult(answer(result)), storeResult);

    /// <summary>
    /// Runs a mutating RPC whose answer says more than the work returned: it is asked for after all that follows from the work. Nothing
    /// is saved yet: <c>unit.LoadAsync</c> knows what is new.
    /// </summary>
    /// <inheritdoc cref="RunAsync{T, TResponse}(IMessage, ServerCallContext, Func{WriteUnit{TDb}, CancellationToken, Task{T}}, Func{T, TResponse}, bool)"/>
    public async Task<TResponse> RunAsync<T, TResponse>(
        IMessage request,
        ServerCallContext context,
        Func<WriteUnit<TDb>, CancellationToken, Task<T>> work,
        Func<WriteUnit<TDb>, T, CancellationToken, Task<TResponse>> answer,
        bool storeResult = true)
        where TResponse : class, IMessage<TResponse>, new()
    {
        var fields = RequestFields.Of(request.Descriptor);
        var scope = Scope(context, fields.Reason(request)) with { ValidateOnly = fields.ValidateOnly(request) };
        var repeat = storeResult && !scope.ValidateOnly ? Repeatable.From(request, fields.RequestId(request), context) : null;
        var call = new Call<T, TResponse>(work, answer, repeat);
        await _runner.RunManyAsync([new UnitJob<TDb>(scope, call.WorkAsync) { Answer = call.AnswerAsync }], context.CancellationToken);
        return call.Response;
    }

    /// <summary>Runs a mutating RPC whose work maps the answer itself, before anything follows from it.</summary>
    public Task<TResponse> RunAsync<TResponse>(
        IMessage request,
        ServerCallContext context,
        Func<WriteUnit<TDb>, CancellationToken, Task<TResponse>> work,
        bool storeResult = true)
        where TResponse : class, IMessage<TResponse>, new() =>
        RunAsync(request, context, work, response => response, storeResult);

    /// <summary>Runs a write of the service's own: a worker's.</summary>
    /// <param name="action">What the audit log calls it.</param>
    /// <param name="work">May run again on a fresh unit; must not save.</param>
    /// <param name="ct">Gives up before the commit.</param>
    public Task<T> RunAsync<T>(string action, Func<WriteUnit<TDb>, CancellationToken, Task<T>> work, CancellationToken ct) =>
        _runner.RunAsync(new UnitScope(Caller.Service(_service), action, []), work, ct);

    /// <inheritdoc cref="RunAsync{T}(string, Func{WriteUnit{TDb}, CancellationToken, Task{T}}, CancellationToken)"/>
    public Task RunAsync(string action, Func<WriteUnit<TDb>, CancellationToken, Task> work, CancellationToken ct) =>
        RunAsync(
            action,
            async (unit, token) =>
            {
                await work(unit, token);
                return true;
            },
            ct);

    internal Task<T> RunBatchAsync<T>(
        ServerCallContext context, string resource, Func<WriteUnit<TDb>, CancellationToken, Task<T>> work) =>
        _runner.RunAsync(Scope(context, "") with { Batch = resource }, work, context.CancellationToken);

    internal Task<T> RunBatchAsync<T>(
        string action, string resource, Func<WriteUnit<TDb>, CancellationToken, Task<T>> work, CancellationToken ct) =>
        _runner.RunAsync(new UnitScope(Caller.Service(_service), action, []) { Batch = resource }, work, ct);

    private static UnitScope Scope(ServerCallContext context, string reason)
    {
        var caller = context.Caller();
        var action = context.Method[(context.Method.LastIndexOf('/') + 1)..];
        return new UnitScope(caller, action, caller.RolesFor(context.Permission())) { Reason = reason };
    }

    /// <summary>One call of a mutating RPC. Its parts may run again, on a fresh unit.</summary>
    private sealed class Call<T, TResponse>(
        Func<WriteUnit<TDb>, CancellationToken, Task<T>> work,
        Func<WriteUnit<TDb>, T, CancellationToken, Task<TResponse>> answer,
        Repeatable? repeat)
        where TResponse : class, IMessage<TResponse>, new()
    {
        private T? _result;
        private TResponse? _response;
        private RequestRow? _row;

        public TResponse Response => _response ?? throw new InvalidOperationException("The call has not been answered.");

        public async Task WorkAsync(WriteUnit<TDb> unit, CancellationToken ct)
        {
            _row = repeat is null ? null : await unit.Db.RequestResults.FindAsync([repeat.Key], ct);
            if (repeat is not null && _row is not null && _row.CommitTime + Kept > SystemTime.Now)
            {
                unit.Discard();
                _response = (TResponse)new TResponse().Descriptor.Parser.ParseFrom(repeat.FirstResult(_row));
                return;
            }

            _result = await work(unit, ct);
        }

        public async Task AnswerAsync(WriteUnit<TDb> unit, CancellationToken ct)
        {
            _response = await answer(unit, _result!, ct);
            if (repeat is null) return;
            if (_row is null) unit.Db.RequestResults.Add(_row = new RequestRow { Key = repeat.Key, Digest = "", Response = [] });
            (_row.Digest, _row.Response, _row.CommitTime) = (repeat.Digest, _response.ToByteArray(), SystemTime.Now);
        }
    }

    /// <summary>A request that carries a `request_id`.</summary>
    private sealed record Repeatable(string Key, string Digest)
    {
        public static Repeatable? From(IMessage request, string requestId, ServerCallContext context)
        {
            if (requestId.Length == 0) return null;
            if (!Guid.TryParse(requestId, out var id))
            {
                throw FieldFaults.Single("request_id", $"'{requestId}' is no UUID.", "INVALID_UUID");
            }
            return new Repeatable(
                Digests.Of($"{context.Caller().Principal}\n{context.Method}\n{id:n}"),
                Digests.Of(request));
        }

        public byte[] FirstResult(RequestRow row) => row.Digest == Digest
            ? row.Response
            : throw FieldFaults.Single("request_id", "Was used within 24 hours for another request.", "REQUEST_ID_REUSED");
    }
}
