using System.Text.Json.Nodes;
using Governance.Gateway.Transcoding;
using Governance.Testing;
using Shouldly;
using Xunit;

namespace Governance.Gateway.Tests.Transcoding;

public sealed class PathTemplateTests
{
    [SharedDataFact("protocol/http_template_parse.jsonl")]
    public void Parse_TemplatesOfTheCppTranscoder_AgreesOnAll()
    {
        foreach (var line in File.ReadLines(SharedData.Path("protocol/http_template_parse.jsonl")))
        {
            var expected = JsonNode.Parse(line)!;
            var text = expected["template"]!.GetValue<string>();
            PathTemplate.TryParse(text, out var template).ShouldBe(expected["valid"]!.GetValue<bool>(), text);
            if (template is null)
            {
                continue;
            }
            if (expected["segments"] is { } segments)
            {
                template.Segments.ShouldBe(segments.AsArray().Select(segment => segment!.GetValue<string>()), text);
            }
            if (expected["verb"] is { } verb)
            {
                template.Verb.ShouldBe(verb.GetValue<string>(), text);
            }
            if (expected["variables"] is { } variables)
            {
                ShouldHave(template, variables.AsArray(), text);
            }
        }
    }

    [Theory]
    [InlineData("/v1/{name=windows/*}:")]
    [InlineData("/v1/**/{rest=**}")]
    [InlineData("/v1//windows")]
    [InlineData("/v1/windows/")]
    [InlineData("")]
    public void Parse_Malformed_IsRefused(string template) => PathTemplate.TryParse(template, out _).ShouldBeFalse();

    private static void ShouldHave(PathTemplate template, JsonArray expected, string text)
    {
        template.Variables.Count.ShouldBe(expected.Count, text);
        foreach (var (variable, fact) in template.Variables.Zip(expected))
        {
            string.Join('.', variable.FieldPath).ShouldBe(
                string.Join('.', fact!["field_path"]!.AsArray().Select(part => part!.GetValue<string>())), text);
            (variable.Start, variable.End, variable.DeepWildcard).ShouldBe(
                (fact["start"]!.GetValue<int>(), fact["end"]!.GetValue<int>(), fact["deep_wildcard"]!.GetValue<bool>()), text);
        }
    }
}
