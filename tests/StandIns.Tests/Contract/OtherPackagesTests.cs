using System.IO.Compression;
using System.IO.Hashing;
using Grpc.Net.Compression;
using Shouldly;
using Xunit;

namespace Governance.StandIns.Tests.Contract;

public sealed class OtherPackagesTests
{
    public static TheoryData<string, long, string> PublishedHashes => new()
    {
        { "", 0, "EF46DB3751D8E999" },
        { "a", 0, "D24EC4F1A98C6E5B" },
        { "abc", 0, "44BC2CF5AD770999" },
        { "xxhash", 20141025, "B559B98D844E0635" },
        { "Nobody inspects the spammish repetition", 0, "FBCEA83C8A378BF1" },
    };

    [Theory, MemberData(nameof(PublishedHashes))]
    public void XxHash64_OfKnownText_IsAsPublished(string text, long seed, string expected)
    {
        var content = System.Text.Encoding.ASCII.GetBytes(text);
        Convert.ToHexString(XxHash64.Hash(content, seed)).ShouldBe(expected);
    }

    [Fact]
    public void XxHash64_AppendedInAnyPieces_IsTheSame()
    {
        var content = Enumerable.Range(0, 300).Select(value => (byte)value).ToArray();
        for (var length = 0; length <= content.Length; length += 7)
        {
            var pieces = new XxHash64(42);
            for (var start = 0; start < length; start += 5)
                pieces.Append(content.AsSpan(start, Math.Min(5, length - start)));
            pieces.GetHashAndReset().ShouldBe(XxHash64.Hash(content.AsSpan(0, length), 42));
            pieces.GetCurrentHash().ShouldBe(XxHash64.Hash([], 42));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    public void CompressionProviders_AnyLength_GiveBackWhatTheyGot(int length)
    {
        var content = Enumerable.Range(0, length).Select(value => (byte)(value * 7)).ToArray();
        ICompressionProvider[] providers =
            [new GzipCompressionProvider(CompressionLevel.Fastest), new DeflateCompressionProvider(CompressionLevel.Optimal)];
        foreach (var provider in providers)
        {
            using var packed = new MemoryStream();
            using (var packing = provider.CreateCompressionStream(packed, null))
                packing.Write(content);
            packed.Length.ShouldBeGreaterThan(0, provider.EncodingName);
            packed.Position = 0;
            using var unpacked = new MemoryStream();
            provider.CreateDecompressionStream(packed).CopyTo(unpacked);
            unpacked.ToArray().ShouldBe(content);
        }
    }

    [Theory]
    [InlineData(typeof(Grpc.Core.Status), "Grpc.Core.Api", "2.0.0.0", "D754F35622E28BAD")]
    [InlineData(typeof(GzipCompressionProvider), "Grpc.Net.Common", "2.0.0.0", "D754F35622E28BAD")]
    [InlineData(typeof(XxHash64), "System.IO.Hashing", "7.0.0.0", "CC7B13FFCD2DDD51")]
    public void Assembly_OfAStandIn_HasTheIdentityThatItsDependantsAskFor(Type type, string name, string version, string token)
    {
        var assembly = type.Assembly.GetName();
        assembly.Name.ShouldBe(name);
        assembly.Version!.ToString().ShouldBe(version);
        Convert.ToHexString(assembly.GetPublicKeyToken()!).ShouldBe(token);
    }
}
