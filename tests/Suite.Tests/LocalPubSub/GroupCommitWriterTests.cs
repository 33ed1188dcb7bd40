using System.Globalization;
using Governance.Suite.LocalPubSub.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace Governance.Suite.Tests.LocalPubSub;

public sealed class GroupCommitWriterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("writer").FullName;

    [Fact]
    public async Task Commit_ThatFails_RefusesItsGroupWholeAndKeepsWhatWasDeferred()
    {
        using var store = Open();
        await CommitAsync(store, Message(1));
        store.Writer.Defer(commands => commands.Finish(7, 1, last: true));

        await Should.ThrowAsync<InvalidOperationException>(() => store.Writer.CommitAsync(commands =>
        {
            commands.Insert(Message(2), [7]);
            throw new InvalidOperationException("the disk is full");
        }));
        store.Writer.Healthy.ShouldBeFalse();
        store.Read(2).ShouldBeNull();
        await CommitAsync(store, Message(3));

        store.Writer.Healthy.ShouldBeTrue();
        store.Read(1).ShouldBeNull();
        store.Owed().Select(owed => owed.Message).ShouldBe([3]);
    }

    [Fact]
    public async Task Dispose_WithWorkDeferred_WritesItFirst()
    {
        using (var store = Open())
        {
            await CommitAsync(store, Message(1));
            store.Writer.Defer(commands => commands.Postpone(new OwedDelivery(7, 1, 3, 99)));
        }

        using var again = Open();
        again.Owed().ShouldBe([new OwedDelivery(7, 1, 3, 99)]);
        again.NextId().ShouldBe(2);
    }

    [Fact]
    public async Task Open_AfterACrashBetweenDeliveryAndMessage_SweepsWhatIsLeftOver()
    {
        using (var store = Open())
        {
            await CommitAsync(store, Message(1));
            await CommitAsync(store, Message(2));
            await store.Writer.CommitAsync(commands =>
            {
                commands.Finish(7, 1, last: false);
                commands.Remove(2);
            });
        }

        using var again = Open();
        again.Owed().ShouldBeEmpty();
        again.Read(1).ShouldBeNull();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private MessageStore Open() => MessageStore.Open(Path.Combine(_folder, "store.db"), NullLogger.Instance);

    private static Task CommitAsync(MessageStore store, StoredMessage message) =>
        store.Writer.CommitAsync(commands => commands.Insert(message, [7]));

    private static StoredMessage Message(long id) =>
        new(id, "bus", "news", [1], Raw: false, id.ToString(CultureInfo.InvariantCulture), null, null, null, 0);
}
