using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using NodaTime;
using NodaTime.Text;

namespace Governance.BuildingBlocks.Persistence;

/// <summary>
/// Instants are stored as 100 ns ticks since 1970 in a 64-bit integer: the same order and the same arithmetic in SQLite and
/// in SQL Server, and no kind or offset to get lost.
/// </summary>
internal sealed class InstantConverter() : ValueConverter<Instant, long>(
    instant => instant.ToUnixTimeTicks(),
    ticks => Instant.FromUnixTimeTicks(ticks));

/// <summary>Elapsed time as 100 ns ticks.</summary>
internal sealed class DurationConverter() : ValueConverter<Duration, long>(
    duration => duration.BclCompatibleTicks,
    ticks => Duration.FromTicks(ticks));

/// <summary>Dates as `2026-11-27`, which orders as text.</summary>
internal sealed class LocalDateConverter() : ValueConverter<LocalDate, string>(
    date => LocalDatePattern.Iso.Format(date),
    text => LocalDatePattern.Iso.Parse(text).Value);

/// <summary>Civil times as `2026-11-27T02:00:00`, which orders as text.</summary>
internal sealed class LocalDateTimeConverter() : ValueConverter<LocalDateTime, string>(
    time => LocalDateTimePattern.GeneralIso.Format(time),
    text => LocalDateTimePattern.GeneralIso.Parse(text).Value);
