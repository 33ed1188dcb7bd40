using Grpc.Core;
using Shouldly;
using Xunit;

namespace Governance.StandIns.Tests.Contract;

public sealed class MetadataTests
{
    [Fact]
    public void Add_KeyInUpperCase_IsLowered() => new Metadata { { "X-Request.Id_1", "a" } }[0].Key.ShouldBe("x-request.id_1");

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("grüße")]
    [InlineData(":path")]
    [InlineData("a/b")]
    public void Add_KeyWithOtherCharacters_IsRefused(string key) =>
        Should.Throw<ArgumentException>(() => new Metadata.Entry(key, "value")).ParamName.ShouldBe("key");

    [Fact]
    public void Entry_OfTheWrongKindForItsKey_IsRefused()
    {
        Should.Throw<ArgumentException>(() => new Metadata.Entry("x-bin", "text"));
        Should.Throw<ArgumentException>(() => new Metadata.Entry("x", [1]));
        Should.Throw<ArgumentNullException>(() => new Metadata.Entry("x", (string)null!));
        Should.Throw<ArgumentNullException>(() => new Metadata.Entry("x-bin", (byte[])null!));
        Should.Throw<ArgumentNullException>(() => new Metadata.Entry(null!, "value"));
    }

    [Fact]
    public void Entry_OfBytes_KeepsACopyAndHasNoText()
    {
        byte[] bytes = [1, 2];
        var entry = new Metadata.Entry("x-bin", bytes);
        bytes[0] = 9;
        entry.ValueBytes[1] = 9;

        entry.IsBinary.ShouldBeTrue();
        entry.ValueBytes.ShouldBe([1, 2]);
        Should.Throw<InvalidOperationException>(() => entry.Value);
    }

    [Fact]
    public void Get_RepeatedKey_GivesTheLastAndGetAllGivesEach()
    {
        var metadata = new Metadata { { "a", "1" }, { "b", "2" }, { "A", "3" } };

        metadata.GetValue("a").ShouldBe("3");
        metadata.GetAll("A").Select(entry => entry.Value).ShouldBe(["1", "3"]);
        metadata.Get("c").ShouldBeNull();
        metadata.GetValueBytes("b").ShouldBe("2"u8.ToArray());
    }

    [Fact]
    public void Empty_Changed_Refuses()
    {
        Should.Throw<InvalidOperationException>(() => Metadata.Empty.Add("a", "b"));
        Should.Throw<InvalidOperationException>(() => Metadata.Empty.Clear());
        Metadata.Empty.IsReadOnly.ShouldBeTrue();
    }

    [Fact]
    public void List_Operations_KeepTheOrder()
    {
        var first = new Metadata.Entry("a", "1");
        var metadata = new Metadata { first, { "c", "3" } };
        metadata.Insert(1, new Metadata.Entry("b", "2"));
        metadata.IndexOf(first).ShouldBe(0);
        metadata.Remove(first).ShouldBeTrue();
        metadata.Contains(first).ShouldBeFalse();

        metadata.Select(entry => entry.Key).ShouldBe(["b", "c"]);
        metadata.RemoveAt(0);
        metadata.Count.ShouldBe(1);
    }
}
