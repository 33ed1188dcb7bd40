using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Security;
using Governance.Common.V1;
using Governance.MaintenanceWindows.Fields;
using NodaTime;
using Proto = Governance.Windows.V1;

namespace Governance.MaintenanceWindows.Feeds;

/// <summary>A calendar behind a secret of its own, of which only the hash is kept.</summary>
internal sealed class CalendarFeed : Aggregate
{
    private CalendarFeed()
    {
    }

    public override string Name => $"calendarFeeds/{Id}";

    public string DisplayName { get; private set; } = "";

    public Scope Scope { get; private set; } = new();

    /// <summary>Empty: all.</summary>
    public ImmutableArray<Proto.CalendarFeed.Types.Content> Contents { get; private set; } = [];

    public string Creator { get; private set; } = "";

    /// <summary>SHA-256 of the secret, hex.</summary>
    public string TokenHash { get; private set; } = "";

    /// <summary>Creates a feed and its secret, which nothing can show again.</summary>
    public static (CalendarFeed Feed, string Token) Create(string id, Proto.CalendarFeed asked, Scope scope, Caller caller, Instant now)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var feed = new CalendarFeed
        {
            Id = id,
            DisplayName = asked.DisplayName,
            Scope = scope,
            Contents = [.. asked.Contents.Distinct()],
            Creator = caller.Person.Length > 0 ? caller.Person : caller.Principal,
            TokenHash = Digests.Of(token),
        };
        feed.Changed("CREATED", now);
        return (feed, token);
    }

    /// <summary>Compares in constant time.</summary>
    public static bool IsHashOf(string token, string hash) => CryptographicOperations.FixedTimeEquals(
        Encoding.ASCII.GetBytes(Digests.Of(token)), Encoding.ASCII.GetBytes(hash));

    public bool Shows(Proto.CalendarFeed.Types.Content content) => Contents.IsEmpty || Contents.Contains(content);

    public Proto.CalendarFeed ToProto() => new()
    {
        Name = Name,
        DisplayName = DisplayName,
        Scope = Scope.Clone(),
        Contents = { Contents },
        Creator = Creator,
        CreateTime = CreateTime.ToMessage(),
        Etag = Etag,
    };

    protected override IMessage? ToEvent() => null;

    protected override IMessage State() => ToProto();
}
