using System.Buffers.Text;
using System.Text.Json;
using Google.Protobuf;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Security;

namespace Governance.BuildingBlocks.Paging;

/// <summary>Page size and token of a list request (AIP-158): fields `page_size` and `page_token`.</summary>
/// <param name="Size">How many to return: unset gives the default, more than the most is cut.</param>
/// <param name="Position">Where the page begins; null at the start.</param>
/// <param name="Filter">Binds tokens to the rest of the request.</param>
public sealed record PageToken(int Size, IReadOnlyList<string>? Position, string Filter)
{
    /// <summary>Reads a list request.</summary>
    /// <param name="request">Has `page_size` and `page_token`; every other field belongs to the filter.</param>
    /// <param name="most">The largest page.</param>
    /// <param name="unset">The page when `page_size` is 0.</param>
    /// <exception cref="InvalidRequest">A negative size, a token that is none, or one of another filter.</exception>
    public static PageToken Read(IMessage request, int most = 1000, int unset = 100)
    {
        var filter = (IMessage)request.Descriptor.Parser.ParseFrom(request.ToByteArray());
        var sizeField = filter.Descriptor.FindFieldByName("page_size").Accessor;
        var tokenField = filter.Descriptor.FindFieldByName("page_token").Accessor;
        var (size, token) = ((int)sizeField.GetValue(filter), (string)tokenField.GetValue(filter));
        if (size < 0) throw FieldFaults.Single("page_size", $"{size} is negative.", "NEGATIVE");

        sizeField.Clear(filter);
        tokenField.Clear(filter);
        var digest = Digests.Of(filter)[..16];
        return new PageToken(size == 0 ? unset : Math.Min(size, most), token.Length == 0 ? null : Decode(token, digest), digest);
    }

    /// <summary>The token of the page that begins after the given position.</summary>
    public string After(IEnumerable<string> position) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes((string[])[Filter, .. position]));

    private static string[] Decode(string token, string filter)
    {
        string[]? parts;
        try
        {
            parts = JsonSerializer.Deserialize<string[]>(Base64Url.DecodeFromChars(token));
        }
        catch (Exception fault) when (fault is FormatException or JsonException)
        {
            parts = null;
        }

        if (parts is not { Length: > 1 } || parts.Any(part => part is null))
        {
            throw FieldFaults.Single("page_token", "Is no token of this service.", "INVALID_TOKEN");
        }
        if (parts[0] != filter)
        {
            throw FieldFaults.Single("page_token", "Belongs to another request: keep all other fields while paging.", "OTHER_REQUEST");
        }
        return parts[1..];
    }
}
