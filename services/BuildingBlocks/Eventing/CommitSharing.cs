namespace Governance.BuildingBlocks.Eventing;

/// <summary>
/// Says that deliveries to this handler or reaction may share a commit, each saved before the next. Right when it looks only at
/// the database; wrong when it looks at something in memory that <c>AfterCommit</c> brings up to date, for that would not know
/// of the deliveries before it. Worth it where events come by the thousand: one flush to the disk serves many.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SharesCommitsAttribute : Attribute;

/// <summary>Whether deliveries may share a commit.</summary>
internal enum CommitSharing
{
    /// <summary>Each has its own.</summary>
    Never,

    /// <summary>Several in one commit, each saved before the next.</summary>
    OneByOne,

    /// <summary>Several in one save: effects that look at nothing but their own row.</summary>
    Freely,
}

/// <summary>Reads the attribute.</summary>
internal static class Sharing
{
    public static CommitSharing Of<T>() =>
        typeof(T).IsDefined(typeof(SharesCommitsAttribute), inherit: false) ? CommitSharing.OneByOne : CommitSharing.Never;
}
