using System.Net;
using Shouldly;
using Xunit;

namespace Governance.Suite.Tests.Flow;

/// <summary>The Suite's switches, and what it says when they cannot be kept.</summary>
public sealed class SwitchTests
{
    [Theory]
    [InlineData(new[] { "--listen", "0.0.0.0" }, "--insecure")]
    [InlineData(new[] { "--listen", "somewhere" }, "no IP address")]
    [InlineData(new[] { "--clock", "tomorrow" }, "no instant")]
    [InlineData(new[] { "--components", "missing.csv" }, "there is no file")]
    [InlineData(new[] { "--tier" }, "--tier")]
    public async Task Start_WithASwitchThatCannotBeKept_SaysWhichAndWhy(string[] arguments, string said)
    {
        using var suite = new SuiteProcess();

        var (code, log) = await suite.RefuseAsync(arguments);

        code.ShouldNotBe(0);
        log.ShouldContain(said);
    }

    [Fact]
    public async Task Start_WithABrokenCatalogue_NamesEveryLine_AndTakesNothing()
    {
        using var suite = new SuiteProcess();
        await File.WriteAllTextAsync(suite.PathOf("broken.csv"), "name,tier\ncheckout,7\nNo Name,1\norders,1\norders,2\n");

        var (code, log) = await suite.RefuseAsync("--components", suite.PathOf("broken.csv"));

        code.ShouldBe(2);
        log.ShouldContain("line 2: column tier: tier '7'");
        log.ShouldContain("line 3: column name: 'No Name' is no id");
        log.ShouldContain("line 5: components/orders was given before, line 4");
        Directory.Exists(suite.PathOf("data")).ShouldBeFalse();
    }

    [Fact]
    public async Task Rehearsal_IsNeverTakenForTheRealThing()
    {
        using var suite = new SuiteProcess();
        await suite.StartAsync("--clock", "2031-11-28T09:00:00Z");
        var (status, verdict) = await suite.CallAsync(
            HttpMethod.Post,
            "/v1/freezes?freezeId=black-friday",
            new { timeZone = "UTC", start = "2031-11-28", end = "2031-11-29", reason = "Trading peak." });
        status.ShouldBe(HttpStatusCode.OK, verdict.ToJsonString());
        (_, verdict) = await suite.CallAsync(
            HttpMethod.Post, "/v1/changes:check", new { component = "checkout", environment = "production", kind = "RELEASE" });
        verdict["verdict"]!.GetValue<string>().ShouldBe("DENIED");
        (await suite.StopAsync()).ShouldBe(0);

        var (code, log) = await suite.RefuseAsync();

        code.ShouldBe(2);
        log.ShouldContain("--clock");
    }

    [Fact]
    public async Task SecondSuite_OnTheSameFolder_IsRefused()
    {
        using var suite = new SuiteProcess();
        await suite.StartAsync();

        var (code, log) = await suite.RefuseAsync();

        code.ShouldBe(2);
        log.ShouldContain("in use by another Suite");
        (await suite.CallAsync(HttpMethod.Get, "/v1/me")).Status.ShouldBe(HttpStatusCode.OK);
    }
}
