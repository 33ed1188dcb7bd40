using Governance.BuildingBlocks.Errors;

namespace Governance.BuildingBlocks.Fields;

/// <summary>Reads links out of requests.</summary>
public static class Links
{
    /// <summary>
    /// Adds a fault unless the text is an <c>http</c> or <c>https</c> link of at most <paramref name="most"/> characters.
    /// </summary>
    public static void Link(this FieldFaults faults, string link, int most, string field)
    {
        if (string.IsNullOrWhiteSpace(link)) faults.Required(link, field);
        else if (link.Length > most) faults.Length(link, most, field);
        else faults.Check(IsLink(link), field, $"'{link}' is no link such as https://….", "INVALID_LINK");
    }

    private static bool IsLink(string link) =>
        Uri.TryCreate(link, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp);
}
