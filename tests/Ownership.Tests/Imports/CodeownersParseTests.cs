using System.Text;
using System.Text.Json;
using Governance.Ownership.Imports.Codeowners;
using Governance.Testing;
using Shouldly;
using Xunit;

namespace Governance.Ownership.Tests.Imports;

public sealed class CodeownersParseTests
{
    private const string Cases = "ownership/codeowners_parse_cases.json";

    [SharedDataFact(Cases)]
    public void Parse_OracleCases_AgreesOnRulesOwnersAndFaults()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(SharedData.Path(Cases)));
        var checkedCases = 0;
        foreach (var one in document.RootElement.EnumerateArray())
        {
            // Those with matchers of their own ask for another set of owners than GitHub's; an empty line is no rule and no fault in a
            // file.
            if (one.TryGetProperty("custom_owner_matchers", out _) || one.GetProperty("name").GetString() == "empty rule") continue;
            checkedCases++;
            var name = one.GetProperty("name").GetString();
            var file = CodeownersReader.Parse(one.GetProperty("input").GetString()!);
            if (one.TryGetProperty("error", out var error))
            {
                var finding = file.Findings.ShouldHaveSingleItem(name);
                error.GetString()!.ShouldEndWith($"at position {finding.Column}", Case.Sensitive, name);
                file.Rules.ShouldBeEmpty(name);
                continue;
            }

            file.Findings.ShouldBeEmpty(name);
            file.Rules.Select(Told).ShouldBe(one.GetProperty("rules").EnumerateArray().Select((rule, i) => Expected(rule, i + 1)), name);
        }

        checkedCases.ShouldBeGreaterThan(25);
    }

    [Theory]
    [InlineData("!keep.txt @a", 1, "Invalid pattern")]
    [InlineData("src/[ab].cs @a", 1, "Invalid pattern")]
    [InlineData(@"\#file @a", 1, "Invalid pattern")]
    [InlineData("***/*.rb @a", 1, "Invalid pattern")]
    [InlineData("*.txt docs@", 7, "Invalid owner")]
    [InlineData("*.txt @a @org/", 10, "Invalid owner")]
    [InlineData("*.txt @a @@b", 10, "Invalid owner")]
    public void Parse_ALineThatGitHubDoesNotTake_PassesItOverAndSaysWhere(string line, int column, string kind)
    {
        var file = CodeownersReader.Parse($"* @all\n\n{line}\n# note\n/docs/ @docs\n");

        var finding = file.Findings.ShouldHaveSingleItem();
        (finding.Line, finding.Column, finding.Kind, finding.Source).ShouldBe((3, column, kind, line));
        file.Rules.Select(rule => rule.Line).ShouldBe([1, 5]);
        file.Match("keep.txt")!.Line.ShouldBe(1);
    }

    [Fact]
    public async Task Read_AFileOverThreeMegabytes_IsRefused()
    {
        var note = Encoding.UTF8.GetBytes($"# {new string('x', 64 * 1024)}\n");
        byte[] text =
        [
            .. Encoding.UTF8.GetBytes("*.cs @org/team\n"),
            .. Enumerable.Repeat(note, (CodeownersReader.Largest / note.Length) + 1).SelectMany(line => line),
        ];

        using var large = new MemoryStream(text[..(CodeownersReader.Largest + 1)]);
        await Should.ThrowAsync<InvalidDataException>(() => CodeownersReader.ReadAsync(large, CancellationToken.None));

        using var allowed = new MemoryStream(text[..CodeownersReader.Largest]);
        (await CodeownersReader.ReadAsync(allowed, CancellationToken.None)).File.Rules.ShouldHaveSingleItem().Pattern.ShouldBe("*.cs");
    }

    [Fact]
    public async Task Read_ByteOrderMarkAndWindowsLineEnds_AreNoPartOfTheRules()
    {
        using var document =
            new MemoryStream([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes("*.cs @a\r\n\r\n*.md b@example.com # docs\r\n")]);

        var (file, _) = await CodeownersReader.ReadAsync(document, CancellationToken.None);

        file.Findings.ShouldBeEmpty();
        file.Rules.Select(rule => (rule.Line, rule.Pattern, string.Join(' ', rule.Owners), rule.Comment))
            .ShouldBe([(1, "*.cs", "@a", ""), (3, "*.md", "b@example.com", "docs")]);
    }

    private static string Told(CodeownersRule rule) =>
        $"{rule.Line} {rule.Pattern} {string.Join(' ', rule.Owners.Select(owner => $"{owner.Kind}:{owner.Value}"))} #{rule.Comment}";

    private static string Expected(JsonElement rule, int index)
    {
        var line = rule.TryGetProperty("line", out var given) ? given.GetInt32() : index;
        var owners = rule.GetProperty("owners")
            .EnumerateArray()
            .Select(owner => $"{KindOf(owner.GetProperty("type").GetString()!)}:{owner.GetProperty("value").GetString()}");
        var comment = rule.TryGetProperty("comment", out var text) ? text.GetString() : "";
        return $"{line} {rule.GetProperty("pattern").GetString()} {string.Join(' ', owners)} #{comment}";
    }

    private static CodeownerKind KindOf(string type) => type switch
    {
        "username" => CodeownerKind.User,
        "team" => CodeownerKind.Team,
        _ => CodeownerKind.Email,
    };
}
