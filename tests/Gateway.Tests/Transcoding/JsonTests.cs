using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Governance.Probe.V1;
using Shouldly;
using Xunit;

namespace Governance.Gateway.Tests.Transcoding;

[Collection(GatewayCollection.Name)]
public sealed class JsonTests(GatewayHost host)
{
    private static readonly TypeRegistry Types =
        TypeRegistry.FromFiles(ProbeReflection.Descriptor, Google.Rpc.ErrorDetailsReflection.Descriptor);

    private static readonly JsonFormatter Reference = new(
        JsonFormatter.Settings.Default.WithFormatDefaultValues(true).WithTypeRegistry(Types));

    public static TheoryData<string> Documents => new(
        """{}""",
        """{"name":"a","flag":true,"small":-5,"large":"-9223372036854775808","natural":4294967295,"largeNatural":"18446744073709551615"}""",
        """{"zigzag":-2147483648,"largeZigzag":"9007199254740993","fixedSmall":7,"fixedLarge":"8","signedFixed":-9,"signedFixedLarge":"-10"}""",
        """{"real":1.5,"precise":-0.1}""",
        """{"real":"NaN","precise":"-Infinity"}""",
        """{"data":"AAEC/v8=","kind":"SECOND","words":["a","","ü\"\n\u0001"],"numbers":["1","2"],"kinds":["FIRST","KIND_UNSPECIFIED"]}""",
        """{"inner":{"text":"x","inner":{"inner":{"numbers":[1,2,3]}}},"inners":[{},{"text":"y"}]}""",
        """{"labels":{"a":"b","":"c"},"byNumber":{"-1":{"text":"n"},"7":{}},"byFlag":{"true":1.25,"false":-2}}""",
        """{"startTime":"2026-11-27T02:00:00.123456789Z","duration":"-1.500s","mask":"displayName,scope.tierList"}""",
        """{"startTime":"0001-01-01T00:00:00Z","duration":"315576000000s"}""",
        """{"maybeLarge":"0","maybeText":"","maybeFlag":false,"chosen":0,"choiceNumber":0}""",
        """{"facts":{"a":null,"b":[1,"x",{"c":true}],"d":{}},"anything":null,"list":[null,1.5]}""",
        """{"anything":{"deep":[[["x"]]]}}""",
        """{"any":{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"R","domain":"d","metadata":{"k":"v"}}}""",
        """{"any":{"@type":"type.googleapis.com/google.protobuf.Duration","value":"3s"}}""",
        """{"choiceInner":{"text":"in"},"etag":"7"}""");

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task Echo_ProtobufJson_ComesBackAsTheReferenceFormatsIt(string json)
    {
        var message = new JsonParser(JsonParser.Settings.Default.WithTypeRegistry(Types)).Parse<Probe.V1.Probe>(json);
        var (status, body) = await host.SendAsync(HttpMethod.Post, "/v1/probes:echo", json);
        ((int)status).ShouldBe(200, body?.ToJsonString());
        JsonNode.DeepEquals(body, JsonNode.Parse(Reference.Format(message))).ShouldBeTrue(
            $"got {body!.ToJsonString()}\nexpected {Reference.Format(message)}");
    }

    [Theory]
    [InlineData("""{"large_natural":"3","start_time":"2026-01-01T00:00:00Z"}""", "largeNatural", "3")]
    [InlineData("""{"small":"12"}""", "small", "12")]
    [InlineData("""{"small":1.0}""", "small", "1")]
    [InlineData("""{"small":1e3}""", "small", "1000")]
    [InlineData("""{"large":9007199254740993}""", "large", "9007199254740993")]
    [InlineData("""{"kind":2}""", "kind", "SECOND")]
    [InlineData("""{"kind":77}""", "kind", "77")]
    [InlineData("""{"data":"-_8"}""", "data", "+/8=")]
    [InlineData("""{"data":"+/8="}""", "data", "+/8=")]
    [InlineData("""{"startTime":"2026-11-27T03:00:00+01:00"}""", "startTime", "2026-11-27T02:00:00Z")]
    [InlineData("""{"mask":"display_name"}""", "mask", "displayName")]
    [InlineData("""{"name":null}""", "name", "")]
    [InlineData("""{"choiceText":null,"choiceNumber":5}""", "choiceNumber", "5")]
    public async Task Echo_OtherFormsThatAreAllowed_AreUnderstood(string json, string field, string expected)
    {
        var (status, body) = await host.SendAsync(HttpMethod.Post, "/v1/probes:echo", json);
        ((int)status).ShouldBe(200, body?.ToJsonString());
        body![field]!.ToString().ShouldBe(expected);
    }

    [Theory]
    [InlineData("""{"inner":{"inner":{"txt":"x"}}}""", "inner.inner.txt", "did you mean text?")]
    [InlineData("""{"inners":[{},{"numbers":[1,"x"]}]}""", "inners[1].numbers[1]", "a whole number (int32), got \"x\"")]
    [InlineData("""{"small":2147483648}""", "small", "out of the range")]
    [InlineData("""{"natural":-1}""", "natural", "out of the range")]
    [InlineData("""{"small":1.5}""", "small", "expected a whole number (int32), got the number 1.5")]
    [InlineData("""{"small":true}""", "small", "got true")]
    [InlineData("""{"flag":"true"}""", "flag", "expected true or false, got \"true\"")]
    [InlineData("""{"name":5}""", "name", "expected a string, got the number 5")]
    [InlineData("""{"name":{"a":1}}""", "name", "expected a string, got an object")]
    [InlineData("""{"inner":[1]}""", "inner", "expected an object, got an array")]
    [InlineData("""{"words":"x"}""", "words", "expected an array, got \"x\"")]
    [InlineData("""{"words":["a",null]}""", "words[1]", "null is not allowed")]
    [InlineData("""{"labels":{"a":null}}""", "labels[\"a\"]", "null is not allowed")]
    [InlineData("""{"byNumber":{"x":{}}}""", "byNumber[\"x\"]", "bad key")]
    [InlineData("""{"byNumber":{"1":{"text":7}}}""", "byNumber[\"1\"].text", "expected a string")]
    [InlineData("""{"labels":{"a":"1","a":"2"}}""", "labels[\"a\"]", "more than once")]
    [InlineData("""{"kind":"THIRD"}""", "kind", "KIND_UNSPECIFIED, FIRST, SECOND")]
    [InlineData("""{"kind":true}""", "kind", "got true")]
    [InlineData("""{"data":"*"}""", "data", "base64")]
    [InlineData("""{"startTime":"yesterday"}""", "startTime", "RFC 3339")]
    [InlineData("""{"startTime":"2026-02-30T00:00:00Z"}""", "startTime", "RFC 3339")]
    [InlineData("""{"startTime":5}""", "startTime", "RFC 3339")]
    [InlineData("""{"duration":"5 minutes"}""", "duration", "90s")]
    [InlineData("""{"mask":"a b"}""", "mask", "field paths")]
    [InlineData("""{"maybeLarge":"x"}""", "maybeLarge", "whole number")]
    [InlineData("""{"small":1,"small":2}""", "small", "more than once")]
    [InlineData("""{"largeNatural":"1","large_natural":"2"}""", "large_natural", "more than once")]
    [InlineData("""{"choiceText":"a","choiceNumber":1}""", "choiceNumber", "together with choiceText")]
    [InlineData("""{"any":{"reason":"x"}}""", "any.@type", "missing")]
    [InlineData("""{"any":{"@type":"type.googleapis.com/no.Such"}}""", "any.@type", "not a known type")]
    [InlineData("""{"any":{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reasn":"x"}}""", "any.reasn", "no such field")]
    [InlineData("""[]""", "", "expected an object, got an array")]
    public async Task Echo_WrongField_IsRefusedWithPathExpectationAndValue(string json, string path, string description)
    {
        var refusal = await host.RefusedAsync(HttpMethod.Post, "/v1/probes:echo", json);
        (refusal.Code, refusal.Status).ShouldBe((400, "INVALID_ARGUMENT"));
        refusal.Fields.ShouldContainKey(path);
        refusal.Fields[path].ShouldContain(description);
    }

    [Fact]
    public async Task Echo_SeveralFaults_AreReportedTogether()
    {
        var refusal = await host.RefusedAsync(HttpMethod.Post, "/v1/probes:echo", """{"small":"x","nope":1,"inner":{"text":false}}""");
        refusal.Fields.Keys.ShouldBe(["small", "nope", "inner.text"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("""{"name": "a",}""", "line 1, column 14")]
    [InlineData("{\n  \"name\" \"a\"\n}", "line 2, column 10")]
    [InlineData("""{"name":"a"} x""", "line 1")]
    [InlineData("""{"name":"\ud800"}""", "Unicode")]
    [InlineData("""{"name":""", "line 1")]
    public async Task Echo_MalformedJson_IsRefusedWithThePlace(string json, string place)
    {
        var refusal = await host.RefusedAsync(HttpMethod.Post, "/v1/probes:echo", json);
        (refusal.Code, refusal.Status).ShouldBe((400, "INVALID_ARGUMENT"));
        refusal.Message.ShouldContain(place);
    }

    [Fact]
    public async Task Echo_NestedTooDeep_IsRefused()
    {
        var json = string.Concat(Enumerable.Repeat("{\"inner\":", 100)) + "{}" + new string('}', 100);
        (await host.RefusedAsync(HttpMethod.Post, "/v1/probes:echo", json)).Message.ShouldContain("depth");
    }

    [Fact]
    public async Task Echo_RandomMessages_ComeBackAsTheReferenceFormatsThem()
    {
        var random = new Random(20261121);
        for (var i = 0; i < 200; i++)
        {
            var message = Random(random, 3);
            var (_, body) = await host.SendAsync(HttpMethod.Post, "/v1/probes:echo", JsonFormatter.Default.Format(message));
            JsonNode.DeepEquals(body, JsonNode.Parse(Reference.Format(message))).ShouldBeTrue(Reference.Format(message));
        }
    }

    private static Probe.V1.Probe Random(Random random, int depth)
    {
        var probe = new Probe.V1.Probe
        {
            Name = new string((char)random.Next(0x20, 0x2000), random.Next(0, 200)),
            Small = random.Next(),
            Large = random.NextInt64(),
            LargeZigzag = -random.NextInt64(),
            Precise = random.NextDouble() * Math.Pow(10, random.Next(-20, 20)),
            Real = random.NextSingle(),
            Kind = (Kind)random.Next(0, 3),
            Data = ByteString.CopyFrom([.. Enumerable.Range(0, random.Next(0, 300)).Select(i => (byte)i)]),
        };
        for (var i = random.Next(0, 4); i > 0; i--)
        {
            probe.Inners.Add(RandomInner(random, depth));
        }
        for (var i = random.Next(0, 40); i > 0; i--)
        {
            probe.Numbers.Add(random.NextInt64());
        }
        return probe;
    }

    private static Probe.V1.Probe.Types.Inner RandomInner(Random random, int depth) => new()
    {
        Text = new string('x', random.Next(0, 90)),
        Inner_ = depth > 0 && random.Next(0, 2) == 0 ? RandomInner(random, depth - 1) : null,
        Numbers = { Enumerable.Range(0, random.Next(0, 80)).Select(_ => random.Next()) },
    };
}
