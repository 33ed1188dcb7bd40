using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Governance.Ownership.Notifications.Situations;

/// <summary>How notifications name things and times.</summary>
internal static class Words
{
    private static readonly InstantPattern Minutes = InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm 'UTC'");

    public static string At(Instant instant) => Minutes.Format(instant);

    /// <summary>An instant as part of a key.</summary>
    public static string Key(Instant instant) => instant.ToUnixTimeTicks().ToString(CultureInfo.InvariantCulture);

    public static string Named(string displayName, string name) => displayName.Length > 0 ? $"{displayName} ({name})" : name;
}
