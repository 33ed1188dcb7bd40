using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Governance.BuildingBlocks.Persistence;

/// <summary>The INSERT into one table. Names, types and conversions are the model's, so that both databases are served alike.</summary>
internal sealed class RowInsert
{
    /// <summary>SQL Server takes at most 2,100 parameters and 1,000 rows in a command.</summary>
    private const int MostParameters = 2000;

    private const int MostRows = 1000;
    private readonly GovernanceDbContext _db;
    private readonly ISqlGenerationHelper _sql;
    private readonly ITable _table;
    private readonly IReadOnlyList<(IColumnMapping Mapping, IClrPropertyGetter Value)> _columns;
    private readonly IReadOnlyList<(IProperty Property, IClrPropertyGetter Value)> _texts;
    private readonly IReadOnlyList<string> _parameters;
    private readonly bool _isSqlServer;

    public RowInsert(GovernanceDbContext db, IEntityType kind)
    {
        (_db, _sql) = (db, db.GetService<ISqlGenerationHelper>());
        if (kind.GetTableMappings().ToList() is not [var mapping])
        {
            throw new InvalidOperationException($"{kind.DisplayName()} is not in exactly one table.");
        }
        _table = mapping.Table;
        _columns = [.. mapping.ColumnMappings.Select(column => (column, Getter(column.Property)))];
        _texts =
        [
            .. from column in _columns
               let property = column.Mapping.Property
               where property.ClrType == typeof(string) && property.GetMaxLength() is not null
               select (property, column.Value),
        ];

        // SQLite has no way to a server to save, and finds a parameter by its name the faster the fewer there are.
        _isSqlServer = db.Database.IsSqlServer();
        RowsTogether = _isSqlServer ? Math.Min(MostRows, MostParameters / _columns.Count) : 1;
        _parameters = [.. Enumerable.Range(0, RowsTogether * _columns.Count)
            .Select(i => _sql.GenerateParameterName(string.Create(CultureInfo.InvariantCulture, $"p{i}")))];
    }

    /// <summary>How many rows share a command.</summary>
    public int RowsTogether { get; }

    /// <exception cref="TextTooLong">A row has a text that is longer than its column.</exception>
    public async Task WriteAsync(IReadOnlyList<object> rows, CancellationToken ct)
    {
        foreach (var row in rows)
        {
            foreach (var (property, value) in _texts) TextLengths.Check(property, value.GetClrValue(row));
        }

        var whole = rows.Count - (rows.Count % RowsTogether);
        await WriteAsync(rows.Take(whole).Chunk(RowsTogether), RowsTogether, ct);
        if (whole < rows.Count) await WriteAsync([[.. rows.Skip(whole)]], rows.Count - whole, ct);
    }

    /// <summary>The statement that takes so many rows.</summary>
    public string Statement(int rows) =>
        new StringBuilder("INSERT INTO ").Append(_sql.DelimitIdentifier(_table.Name, _table.Schema)).Append(" (")
            .AppendJoin(", ", _columns.Select(one => _sql.DelimitIdentifier(one.Mapping.Column.Name))).Append(") VALUES ")
            .AppendJoin(", ", _parameters.Take(rows * _columns.Count).Chunk(_columns.Count).Select(row => $"({string.Join(", ", row)})"))
            .ToString();

    /// <summary>
    /// Gives the command the rows' values. On SQL Server its parameters are new each time: their sizes follow from the values.
    /// </summary>
    public void Fill(DbCommand command, IReadOnlyList<object> rows)
    {
        if (!_isSqlServer && command.Parameters.Count > 0) Refill(command.Parameters, rows);
        else Describe(command, rows);
    }

    private void Refill(DbParameterCollection parameters, IReadOnlyList<object> rows)
    {
        var next = 0;
        foreach (var row in rows)
        {
            foreach (var (mapping, value) in _columns)
            {
                var (given, converter) = (value.GetClrValue(row), mapping.TypeMapping.Converter);
                parameters[next++].Value = (converter is null ? given : converter.ConvertToProvider(given)) ?? DBNull.Value;
            }
        }
    }

    private void Describe(DbCommand command, IReadOnlyList<object> rows)
    {
        command.Parameters.Clear();
        foreach (var row in rows)
        {
            foreach (var (mapping, value) in _columns)
            {
                var name = _parameters[command.Parameters.Count];
                command.Parameters.Add(
                    mapping.TypeMapping.CreateParameter(command, name, value.GetClrValue(row), mapping.Column.IsNullable));
            }
        }
    }

    /// <summary>What an object does not hold by itself only the change tracker knows.</summary>
    private static IClrPropertyGetter Getter(IProperty property)
    {
        if (property.IsShadowProperty() || property.DeclaringType is not IEntityType || property.ValueGenerated != ValueGenerated.Never)
        {
            throw new InvalidOperationException($"{property.DeclaringType.DisplayName()}.{property.Name} is not told by the row itself.");
        }
        return property.GetGetter();
    }

    private async Task WriteAsync(IEnumerable<object[]> batches, int size, CancellationToken ct)
    {
        await using var command = _db.Database.GetDbConnection().CreateCommand();
        command.Transaction = _db.Database.CurrentTransaction?.GetDbTransaction();
        command.CommandText = Statement(size);
        foreach (var batch in batches)
        {
            Fill(command, batch);
            await command.ExecuteNonQueryAsync(ct);
        }
    }
}
