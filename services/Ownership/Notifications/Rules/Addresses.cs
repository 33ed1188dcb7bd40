namespace Governance.Ownership.Notifications.Rules;

/// <summary>How addresses are shown.</summary>
internal static class Addresses
{
    /// <summary>`i***@example.com`: enough to recognise one's own. What is no e-mail address stays as it is.</summary>
    public static string Masked(string address)
    {
        var at = address.LastIndexOf('@');
        return at <= 0 ? address : $"{address[0]}***{address[at..]}";
    }
}
