using System.Text.Json;
using System.Text.RegularExpressions;
using Governance.Patching.Documents;

namespace Governance.Patching.Advisories.Csaf.Schema;

/// <summary>Text of at least one character.</summary>
/// <param name="fault">Says what is wrong with a text, or null.</param>
internal sealed class TextShape(Func<string, string?> fault) : Shape
{
    public static readonly Shape Any = new TextShape(_ => null);

    public static readonly Shape Uri = Matching(CsafFormats.Uri, "is no URI");

    public static readonly Shape Time =
        new TextShape(text => CsafFormats.TryTime(text, out _) ? null : $"'{Shorten(text)}' is no RFC 3339 date-time.");

    public static Shape OneOf(params string[] words) =>
        new TextShape(text =>
            words.Contains(text, StringComparer.Ordinal) ? null : $"'{Shorten(text)}' is none of {string.Join(", ", words)}.");

    /// <param name="pattern">What the whole text must match.</param>
    /// <param name="reason">What it is not, for the fault.</param>
    public static Shape Matching(Regex pattern, string reason) =>
        new TextShape(text => pattern.IsMatch(text) ? null : $"'{Shorten(text)}' {reason}.");

    /// <summary>As much of a text as a reason shows.</summary>
    public static string Shorten(string text) => text.Length <= 80 ? text : text[..80] + "…";

    public override void Check(CsafNode node, List<FieldFault> faults)
    {
        if (node.Value.ValueKind != JsonValueKind.String)
        {
            faults.Add(node.Fault("Expected text."));
        }
        else if (node.Text() is not { Length: > 0 } text)
        {
            faults.Add(node.Fault("Must not be empty."));
        }
        else if (fault(text) is { } reason)
        {
            faults.Add(node.Fault(reason));
        }
    }
}
