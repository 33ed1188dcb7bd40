using System.Globalization;
using System.Linq.Expressions;
using Governance.BuildingBlocks.Errors;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Governance.BuildingBlocks.Paging;

/// <summary>One page.</summary>
/// <param name="Items">At most the page's size.</param>
/// <param name="NextPageToken">Empty at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string NextPageToken);

/// <summary>
/// An order to page by: the keys together must be unique. Pages begin after the last row of the one before, so that rows
/// that come or go meanwhile shift nothing.
/// </summary>
/// <typeparam name="T">The entity.</typeparam>
public sealed class Keyset<T>
    where T : class
{
    private readonly List<(LambdaExpression Key, Func<T, string> Write, Func<string, object> Read, bool Descending)> _keys = [];

    /// <summary>Orders by a further key: a string, int, long or Instant.</summary>
    public Keyset<T> By<TKey>(Expression<Func<T, TKey>> key, bool descending = false)
        where TKey : notnull
    {
        var get = key.Compile();
        _keys.Add((key, item => Write(get(item)), text => Read(text, typeof(TKey)), descending));
        return this;
    }

    /// <summary>Reads the page that the list request asks for.</summary>
    public async Task<Page<T>> ListAsync(IQueryable<T> query, PageToken page, CancellationToken ct)
    {
        var items = await Query(query, page).Take(page.Size + 1).ToListAsync(ct);
        if (items.Count <= page.Size) return new Page<T>(items, "");
        items.RemoveAt(page.Size);
        return new Page<T>(items, page.After(_keys.Select(key => key.Write(items[^1]))));
    }

    internal IQueryable<T> Query(IQueryable<T> query, PageToken page) =>
        Order(page.Position is { } position ? query.Where(After(position)) : query);

    private IQueryable<T> Order(IQueryable<T> query)
    {
        for (var i = 0; i < _keys.Count; i++)
        {
            var (key, _, _, descending) = _keys[i];
            var method = (i == 0 ? "OrderBy" : "ThenBy") + (descending ? "Descending" : "");
            query = query.Provider.CreateQuery<T>(
                Expression.Call(typeof(Queryable), method, [typeof(T), key.ReturnType], query.Expression, Expression.Quote(key)));
        }

        return query;
    }

    /// <summary>(a, b) after (x, y): a beyond x, or a equal x and b beyond y.</summary>
    private Expression<Func<T, bool>> After(IReadOnlyList<string> position)
    {
        if (position.Count != _keys.Count) throw FieldFaults.Single("page_token", "Is no token of this list.", "INVALID_TOKEN");
        var row = Expression.Parameter(typeof(T), "row");
        Expression? after = null;
        for (var i = _keys.Count - 1; i >= 0; i--)
        {
            var key = new Replace(_keys[i].Key.Parameters[0], row).Visit(_keys[i].Key.Body);
            var border = Holder.For(_keys[i].Read(position[i]));
            var beyond = Beyond(key, border, _keys[i].Descending);
            after = after is null ? beyond : Expression.OrElse(beyond, Expression.AndAlso(Expression.Equal(key, border), after));
        }

        return Expression.Lambda<Func<T, bool>>(after!, row);
    }

    private static BinaryExpression Beyond(Expression key, Expression border, bool descending)
    {
        if (key.Type != typeof(string)) return descending ? Expression.LessThan(key, border) : Expression.GreaterThan(key, border);
        var compare = Expression.Call(typeof(string), nameof(string.Compare), null, key, border);
        return descending ? Expression.LessThan(compare, Expression.Constant(0)) : Expression.GreaterThan(compare, Expression.Constant(0));
    }

    private static string Write<TKey>(TKey key) => key is Instant instant
        ? instant.ToUnixTimeTicks().ToString(CultureInfo.InvariantCulture)
        : Convert.ToString(key, CultureInfo.InvariantCulture) ?? "";

    private static object Read(string text, Type type)
    {
        try
        {
            return type == typeof(Instant)
                ? Instant.FromUnixTimeTicks(long.Parse(text, CultureInfo.InvariantCulture))
                : Convert.ChangeType(text, type, CultureInfo.InvariantCulture);
        }
        catch (Exception fault) when (fault is FormatException or OverflowException or ArgumentOutOfRangeException)
        {
            throw FieldFaults.Single("page_token", "Is no token of this list.", "INVALID_TOKEN");
        }
    }

    private sealed class Replace(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }

    /// <summary>A border as a captured variable, so that the query's plan is the same for every page.</summary>
    private sealed class Holder
    {
        public static Expression For(object value) =>
            Expression.Property(
                Expression.Constant(Activator.CreateInstance(typeof(Holder<>).MakeGenericType(typeof(T), value.GetType()), value)),
                "Value");
    }

    private sealed class Holder<TKey>(TKey value)
    {
        public TKey Value { get; } = value;
    }
}
