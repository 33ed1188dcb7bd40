using System.Text.RegularExpressions;

namespace Governance.Suite.LocalPubSub.Resources;

/// <summary>Where a subscription's events go: the first rule whose event type matches, then the default, then nowhere.</summary>
internal sealed partial record RouteTable(IReadOnlyList<RouteRule> Rules, string? Default)
{
    public static RouteTable To(string path) => new([], Rooted(path));

    /// <summary>The path to post to; null when no rule matches and there is no default, so the event is dropped.</summary>
    public string? PathFor(string? eventType)
    {
        foreach (var rule in Rules)
        {
            if (rule.EventType == eventType)
            {
                return rule.Path;
            }
        }
        return Default;
    }

    /// <summary>Reads a rule's <c>match</c>. Of CEL only <c>event.type == "x"</c> is understood; null for anything else.</summary>
    public static string? EventTypeOf(string match)
    {
        var found = EventTypeEquals().Match(match);
        return found.Success ? found.Groups["type"].Value : null;
    }

    public static string Rooted(string path) => path.StartsWith('/') ? path : "/" + path;

    [GeneratedRegex("""^\s*event\.type\s*==\s*(?:"(?<type>[^"\\]+)"|'(?<type>[^'\\]+)')\s*$""", RegexOptions.ExplicitCapture)]
    private static partial Regex EventTypeEquals();
}

/// <summary>Events of one type go to a path.</summary>
internal sealed record RouteRule(string EventType, string Path);
