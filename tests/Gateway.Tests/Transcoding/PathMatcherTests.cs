using System.Text.Json.Nodes;
using Governance.Gateway.Transcoding;
using Governance.Testing;
using Shouldly;
using Xunit;

namespace Governance.Gateway.Tests.Transcoding;

public sealed class PathMatcherTests
{
    [SharedDataFact("protocol/http_path_match.jsonl")]
    public void Find_LookupsOfTheCppTranscoder_AgreesOnAll()
    {
        foreach (var line in File.ReadLines(SharedData.Path("protocol/http_path_match.jsonl")))
        {
            var test = JsonNode.Parse(line)!;
            var lookups = test["lookups"]!.AsArray().Select(lookup => lookup!).ToArray();
            if (test["test"]!.GetValue<string>() == "LookupSilentlyFailsOnDuplicate")
            {
                Should.Throw<InvalidOperationException>(() => Matcher(test), "two routes of one shape are a fault of the contract here");
            }
            else if (lookups.Select(lookup => Text(lookup, "path") + Text(lookup, "query")).Distinct().Count() == lookups.Length)
            {
                Check(Matcher(test), test["test"]!.GetValue<string>(), lookups);
            }
        }
    }

    [Fact]
    public void Find_OtherMethodOnLiteral_FallsBackToWildcardWithTheMethod()
    {
        var matcher = new PathMatcher<string>();
        matcher.Add("POST", PathTemplate.Parse("/v1/windows/check"), "check");
        matcher.Add("GET", PathTemplate.Parse("/v1/{name=windows/*}"), "get");
        matcher.Find("GET", "/v1/windows/check")!.Route.ShouldBe("get");
        matcher.Find("DELETE", "/v1/windows/check").ShouldBeNull();
        matcher.MethodsOf("/v1/windows/check").ShouldBe(["GET", "POST"]);
        matcher.MethodsOf("/v1/elsewhere").ShouldBeEmpty();
    }

    [Fact]
    public void Find_ColonInAName_IsAVerbOnlyWhenSomeTemplateHasIt()
    {
        var matcher = new PathMatcher<string>();
        matcher.Add("GET", PathTemplate.Parse("/v1/{name=items/*}"), "get");
        matcher.Add("GET", PathTemplate.Parse("/v1/{name=items/*}:check"), "check");
        matcher.Find("GET", "/v1/items/urn:isbn")!.Route.ShouldBe("get");
        matcher.Find("GET", "/v1/items/urn:check")!.Route.ShouldBe("check");
    }

    [Theory]
    [InlineData("/v1/items/%zz")]
    [InlineData("/v1/items/%ff%fe")]
    [InlineData("/v1/items/%2")]
    public void Value_BadPercentEncoding_IsRefused(string path)
    {
        var matcher = new PathMatcher<string>();
        matcher.Add("GET", PathTemplate.Parse("/v1/items/{id}"), "get");
        var match = matcher.Find("GET", path)!;
        Should.Throw<FormatException>(() => match.Value(match.Template.Variables[0]));
    }

    private static PathMatcher<string> Matcher(JsonNode test)
    {
        var matcher = new PathMatcher<string>();
        foreach (var route in test["routes"]!.AsArray())
        {
            matcher.Add(Text(route!, "method")!, PathTemplate.Parse(Text(route!, "template")!), Text(route!, "name")!);
        }
        return matcher;
    }

    private static void Check(PathMatcher<string> matcher, string test, JsonNode[] lookups)
    {
        foreach (var lookup in lookups)
        {
            var match = matcher.Find(Text(lookup, "method")!, Text(lookup, "path")!);
            match?.Route.ShouldBe(Text(lookup, "route"), $"{test}: {lookup["path"]}");
            (match is null).ShouldBe(Text(lookup, "route") is null, $"{test}: {lookup["path"]}");
            if (match is null || lookup["bindings"] is null || lookup["query"] is not null)
            {
                continue;
            }
            match.Template.Variables.Select(variable => (string.Join('.', variable.FieldPath), match.Value(variable))).ShouldBe(
                lookup["bindings"]!.AsArray().Select(binding => (Text(binding!, "field")!, Text(binding!, "value")!)),
                $"{test}: {lookup["path"]}");
        }
    }

    private static string? Text(JsonNode node, string name) => node[name]?.GetValue<string>();
}
