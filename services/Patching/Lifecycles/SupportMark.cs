using NodaTime;
using NodaTime.Text;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Lifecycles;

/// <summary>When something ends or holds: a day, or only whether it does.</summary>
/// <param name="Day">The last day that is still within; null: no day is known.</param>
/// <param name="IsReached">Without a day: whether it was reached on a day that nobody says.</param>
internal readonly record struct SupportMark(LocalDate? Day, bool IsReached)
{
    public Proto.SupportEnd ToProto() => new() { Day = Day is { } day ? LocalDatePattern.Iso.Format(day) : "", Reached = IsReached };
}
