using System.Collections.Concurrent;
using System.Text.Json;
using Governance.BuildingBlocks.Errors;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Governance.BuildingBlocks.Persistence;

/// <summary>
/// A text is longer than what is kept of its kind: INVALID_ARGUMENT with the field. In an import only its record is refused.
/// </summary>
/// <param name="fault">The field.</param>
public sealed class TextTooLong(FieldFault fault) : InvalidRequest([fault]);

/// <summary>
/// Refuses texts that are longer than their columns. SQL Server would refuse them when they are written, as a fault of ours;
/// SQLite would take them. Lengths are those of .NET and of nvarchar: UTF-16 units, two for what is beyond the first plane.
/// </summary>
internal static class TextLengths
{
    private static readonly ConcurrentDictionary<ITypeBase, IReadOnlyList<IProperty>> Limited = new();

    /// <exception cref="TextTooLong">Names the first such text.</exception>
    public static void Check(DbContext db)
    {
        foreach (var entry in db.ChangeTracker.Entries())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified)) continue;
            foreach (var property in LimitedOf(entry.Metadata)) Check(property, entry.Property(property).CurrentValue);
            foreach (var part in entry.ComplexProperties) Check(part);
        }
    }

    /// <exception cref="TextTooLong">The value is longer than the property's column.</exception>
    public static void Check(IProperty property, object? value)
    {
        if (value is not string text || property.GetMaxLength() is not { } most || text.Length <= most) return;
        throw new TextTooLong(new FieldFault(
            JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name),
            $"Has {text.Length} characters; at most {most} are kept.",
            "TOO_LONG"));
    }

    private static void Check(ComplexPropertyEntry part)
    {
        foreach (var property in LimitedOf(part.Metadata.ComplexType)) Check(property, part.Property(property.Name).CurrentValue);
        foreach (var inner in part.ComplexProperties) Check(inner);
    }

    private static IReadOnlyList<IProperty> LimitedOf(ITypeBase type) => Limited.GetOrAdd(
        type,
        _ => [.. type.GetProperties().Where(property => property.ClrType == typeof(string) && property.GetMaxLength() is not null)]);
}
