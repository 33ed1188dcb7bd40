using System.Net;
using Governance.Patching.Feeds;
using Shouldly;
using Xunit;

namespace Governance.Patching.Tests.Feeds;

public class FeedAddressTests
{
    private static readonly FeedOptions Options = new() { Hosts = "feeds.example,other.example:8443", PrivateHosts = "mirror.corp" };

    [Theory]
    [InlineData("https://feeds.example/a?b=c", true)]
    [InlineData("https://FEEDS.example:443/", true)]
    [InlineData("https://other.example:8443/", true)]
    [InlineData("https://mirror.corp/kev.json", true)]
    [InlineData("https://other.example/", false)]
    [InlineData("https://feeds.example:8443/", false)]
    [InlineData("http://feeds.example/", false)]
    [InlineData("http://mirror.corp/", false)]
    [InlineData("https://sub.feeds.example/", false)]
    [InlineData("https://feeds.example.evil.example/", false)]
    [InlineData("https://feeds.example@evil.example/", false)]
    [InlineData("https://user:secret@feeds.example/", false)]
    [InlineData("https://127.0.0.1/", false)]
    [InlineData("http://localhost:5101/", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("ftp://feeds.example/", false)]
    public void Address_OnlyAtAllowedHosts_MayBeFetched(string url, bool may) =>
        (FeedAddress.FaultOf(new Uri(url), Options) is null).ShouldBe(may);

    [Theory]
    [InlineData("http://127.0.0.1:5000/", true)]
    [InlineData("http://[::1]/", true)]
    [InlineData("http://feeds.example/", false)]
    public void Address_AtLoopback_MayBePlainWhereThatIsAllowed(string url, bool may) =>
        (FeedAddress.FaultOf(new Uri(url), new FeedOptions { Loopback = true, Hosts = "feeds.example" }) is null).ShouldBe(may);

    [Theory]
    [InlineData("93.184.216.34", true)]
    [InlineData("2606:2800:220:1:248:1893:25c8:1946", true)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.0.1", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.1.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    public void Connection_ToAPrivateAddress_IsOnlyForTrustedHosts(string address, bool isPublic)
    {
        FeedAddress.MayConnect("feeds.example", 443, IPAddress.Parse(address), Options).ShouldBe(isPublic);
        FeedAddress.MayConnect("mirror.corp", 443, IPAddress.Parse(address), Options).ShouldBeTrue();
    }

    [Fact]
    public void Options_ThatDoNotHold_AreAllNamed()
    {
        var faults = new FeedOptionsCheck()
            .Validate(null, new FeedOptions { Hosts = "https://x,good.example", MaxBytes = 0, Timeout = TimeSpan.Zero }).Failures!
            .ToList();
        faults.Count.ShouldBe(3);
        new FeedOptionsCheck().Validate(null, new FeedOptions()).Succeeded.ShouldBeTrue();
    }
}
