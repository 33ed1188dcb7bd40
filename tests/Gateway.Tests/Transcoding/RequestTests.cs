using System.Net;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Governance.Gateway.Tests.Transcoding;

/// <summary>Paths, queries and bodies on their way into a request.</summary>
[Collection(GatewayCollection.Name)]
public sealed class RequestTests(GatewayHost host)
{
    [Theory]
    [InlineData("pageSize=5&words=a&words=b+c&words=%C3%BC", """{"pageSize":5,"words":["a","b c","ü"]}""")]
    [InlineData("page_size=5&kinds=FIRST&kinds=2", """{"pageSize":5,"kinds":["FIRST","SECOND"]}""")]
    [InlineData(
        "filter.text=x&filter.inner.text=y&filter.numbers=1&filter.numbers=2",
        """{"filter":{"text":"x","inner":{"text":"y","numbers":[]},"numbers":[1,2]}}""")]
    [InlineData(
        "from=2026-11-27T03:00:00%2B01:00&within=90s&readMask=a,bC",
        """{"from":"2026-11-27T02:00:00Z","within":"90s","readMask":"a,bC"}""")]
    [InlineData("from=2026-11-27T03:00:00+01:00", """{"from":"2026-11-27T02:00:00Z"}""")]
    [InlineData("maybe=false&flag=true&natural=4294967295&byNumber=0", """{"maybe":false,"flag":true,"natural":4294967295,"byNumber":0}""")]
    public async Task Get_QueryParameters_FillTheRequest(string query, string expected)
    {
        var (status, body) = await host.SendAsync(HttpMethod.Get, "/v1/probes/p1?" + query);
        status.ShouldBe(HttpStatusCode.OK, body?.ToJsonString());
        body!["name"]!.GetValue<string>().ShouldBe("probes/p1");
        foreach (var (name, value) in JsonNode.Parse(expected)!.AsObject())
        {
            JsonNode.DeepEquals(body[name], value).ShouldBeTrue($"{name}: {body[name]?.ToJsonString()}");
        }
    }

    [Theory]
    [InlineData("nope=1", "nope", "no such query parameter")]
    [InlineData("filter.nope=1", "filter.nope", "no such query parameter")]
    [InlineData("pageSize=x", "pageSize", "whole number")]
    [InlineData("pageSize=99999999999", "pageSize", "out of the range")]
    [InlineData("pageSize=", "pageSize", "whole number")]
    [InlineData("pageSize=1&page_size=2", "page_size", "more than once")]
    [InlineData("flag=yes", "flag", "true or false")]
    [InlineData("kinds=THIRD", "kinds", "FIRST, SECOND")]
    [InlineData("from=now", "from", "RFC 3339")]
    [InlineData("filter=x", "filter", "filter.text")]
    [InlineData("name=probes/p2", "name", "set by the path")]
    [InlineData("byName=a&byNumber=1", "byNumber", "together with byName")]
    [InlineData("words=%FF", "words", "UTF-8")]
    public async Task Get_WrongQueryParameter_IsRefusedByName(string query, string field, string description)
    {
        var refusal = await host.RefusedAsync(HttpMethod.Get, "/v1/probes/p1?" + query);
        (refusal.Code, refusal.Status).ShouldBe((400, "INVALID_ARGUMENT"));
        refusal.Fields[field].ShouldContain(description);
    }

    [Fact]
    public async Task Get_AdditionalBinding_BindsEveryVariableAndKeepsReservedCharacters()
    {
        var (_, body) = await host.SendAsync(HttpMethod.Get, "/v1/archive/2026/probes/a%20b/c%2Fd");
        body!["year"]!.GetValue<int>().ShouldBe(2026);
        body["name"]!.GetValue<string>().ShouldBe("probes/a b/c%2Fd");
        (await host.RefusedAsync(HttpMethod.Get, "/v1/archive/soon/probes/x")).Fields["year"].ShouldContain("whole number");
    }

    [Fact]
    public async Task Post_BodyField_TakesTheRestFromTheQuery()
    {
        var (_, body) = await host.SendAsync(HttpMethod.Post, "/v1/probes?probe_id=p7&validateOnly=true", """{"small":3}""");
        body!["probe"]!["small"]!.GetValue<int>().ShouldBe(3);
        body["probeId"]!.GetValue<string>().ShouldBe("p7");
        body["validateOnly"]!.GetValue<bool>().ShouldBeTrue();
        var refusal = await host.RefusedAsync(HttpMethod.Post, "/v1/probes?probe.small=4&probeid=x", """{"inner":{"nope":1}}""");
        refusal.Fields.Keys.ShouldBe(["probe.inner.nope", "probe.small", "probeid"], ignoreOrder: true);
    }

    [Fact]
    public async Task Post_WholeBody_TakesNoQuery()
    {
        (await host.RefusedAsync(HttpMethod.Post, "/v1/probes:echo?small=1", "{}")).Fields["small"].ShouldContain("JSON body");
        (await host.SendAsync(HttpMethod.Post, "/v1/probes:echo")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("", """{"flag":true,"inner":{"text":"x"},"etag":"4","small":null}""", "flag,inner,small")]
    [InlineData("?updateMask=large", """{"flag":true}""", "large")]
    [InlineData("", """{}""", "")]
    public async Task Patch_UpdateMask_IsTheBodysFieldsUnlessGiven(string query, string json, string mask)
    {
        var (_, body) = await host.SendAsync(HttpMethod.Patch, "/v1/probes/p1" + query, json);
        body!["probe"]!["name"]!.GetValue<string>().ShouldBe("probes/p1");
        body["updateMask"]!.GetValue<string>().ShouldBe(mask);
    }

    [Fact]
    public async Task Patch_NameInTheBody_GivesWayToThePath()
    {
        var (_, body) = await host.SendAsync(HttpMethod.Patch, "/v1/probes/p1", """{"name":"probes/other","flag":true}""");
        body!["probe"]!["name"]!.GetValue<string>().ShouldBe("probes/p1");
        body["updateMask"]!.GetValue<string>().ShouldBe("flag");
    }

    [Fact]
    public async Task Post_NotJson_Is415()
    {
        using var form = await host.Rest.PostAsync("/v1/probes:echo", new FormUrlEncodedContent([new("name", "x")]));
        ((int)form.StatusCode).ShouldBe(415);
        using var packed = new HttpRequestMessage(
            HttpMethod.Post, "/v1/probes:echo")
        { Content = new StringContent("{}", null, "application/json") };
        packed.Content.Headers.ContentEncoding.Add("gzip");
        using var encoded = await host.Rest.SendAsync(packed);
        ((int)encoded.StatusCode).ShouldBe(415);
    }

    [Fact]
    public async Task Post_BodyOverTheLimit_Is413()
    {
        var refusal = await host.RefusedAsync(HttpMethod.Post, "/v1/probes:echo", $$"""{"name":"{{new string('x', 1_100_000)}}"}""");
        (refusal.Code, refusal.Status).ShouldBe((413, "RESOURCE_EXHAUSTED"));
        refusal.Message.ShouldContain("1048576");
    }
}
