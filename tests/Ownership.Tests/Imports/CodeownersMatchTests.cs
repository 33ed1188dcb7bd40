using System.Diagnostics;
using Governance.Ownership.Imports.Codeowners;
using Governance.Testing;
using Shouldly;
using Xunit;

namespace Governance.Ownership.Tests.Imports;

public sealed class CodeownersMatchTests
{
    [Theory]
    [InlineData("foo", "foo foo/bar bar/foo bar/foo/baz", "foo.txt bar/foo.txt bar/baz Foo")]
    [InlineData("/foo", "foo foo/bar foo/bar/baz", "fool.txt bar/foo bar/foo/baz")]
    [InlineData("foo/", "foo/bar foo/bar/baz bar/foo/baz bar/foo/baz/qux", "foo bar/foo bar/baz")]
    [InlineData("/foo/", "foo/bar foo/bar/baz", "foo bar/foo/baz")]
    [InlineData("foo/bar", "foo/bar foo/bar/baz", "foo/bart baz/foo/bar baz/foo/bar/qux")]
    [InlineData("foo/bar/", "foo/bar/baz", "foo/bar baz/foo/bar/qux")]
    [InlineData("*", "foo foo/bar bar/foo/baz", "")]
    [InlineData("**", "foo foo/bar bar/foo/baz", "")]
    [InlineData("**/*", "foo foo/bar bar/foo/baz", "")]
    [InlineData("**/", "foo/bar bar/foo/baz", "foo")]
    [InlineData("/", "", "foo foo/bar")]
    [InlineData("f*", "foo foo/bar bar/foo bar/foo/baz", "bar/baz xfoo")]
    [InlineData("*.js", "a.js lib/a.js lib/a.js/x", "a.jsx js a.js.map")]
    [InlineData("/*", "foo bar", "foo/bar foo/bar/baz")]
    [InlineData("/f*", "foo foo/bar", "bar/foo xfoo")]
    [InlineData("f*/", "foo/bar bar/foo/baz", "foo bar/foo bar/baz")]
    [InlineData("/*/", "foo/bar bar/foo/baz", "foo")]
    [InlineData(@"f\*o", "f*o", "foo")]
    [InlineData("docs/*", "docs/start.md", "docs docs/build/start.md x/docs/start.md")]
    [InlineData("foo/*.txt", "foo/bar.txt", "foo foo/bar/baz.txt qux/foo/bar.txt")]
    [InlineData("foo/*/baz", "foo/bar/baz foo/bar/baz/qux", "foo/baz foo/bar")]
    [InlineData("f?o", "foo f\u00FCo f\U0001F600o", "fo fooo f/o")]
    [InlineData("**/foo/bar", "foo/bar qux/foo/bar qux/foo/bar/baz", "foo/baz/bar")]
    [InlineData("**/*bar*", "bar foo/bar foo/rebar foo/qux/barrio", "foo/baz")]
    [InlineData("foo/bar/**", "foo/bar/baz foo/bar/baz/qux", "foo/bar qux/foo/bar/baz")]
    [InlineData("foo/**/bar", "foo/bar foo/bar/baz foo/qux/bar/baz foo/qux/quux/bar", "qux/foo/bar foo/qux")]
    [InlineData("foo/**/", "foo/bar foo/bar/baz", "foo")]
    [InlineData("foo/**/bar/b*", "foo/bar/baz foo/qux/bar/baz", "foo/bar foo/bar/qux foo/qux/bar")]
    [InlineData("Makefile", "Makefile src/Makefile", "makefile")]
    public void Match_OnePattern_TakesThesePathsAndNotThose(string pattern, string taken, string left)
    {
        var file = CodeownersReader.Parse($"{pattern} @owner");
        foreach (var path in taken.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            file.Match(path).ShouldNotBeNull($"{pattern} takes {path}");
        }
        foreach (var path in left.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            file.Match(path).ShouldBeNull($"{pattern} leaves {path}");
        }
    }

    [Fact]
    public void Match_SeveralRules_TheLastWinsAndALineWithoutOwnersClears()
    {
        var file = CodeownersReader.Parse("""
            *               @everyone
            /apps/          @apps
            /apps/github
            my\ file.txt    @blank
            /apps/github/x  broken
            """);

        file.Match("apps/web/a.cs")!.Owners.ShouldHaveSingleItem().Value.ShouldBe("apps");
        file.Match("apps/github/x")!.Owners.ShouldBeEmpty();
        file.Match("apps/github/x")!.Line.ShouldBe(3);
        file.Match("/readme.md")!.Line.ShouldBe(1);
        file.Match("deep/my file.txt")!.Line.ShouldBe(4);
        CodeownersReader.Parse("/apps/ @apps").Match("lib/a.cs").ShouldBeNull();
    }

    [SharedDataFact(
        "ownership/dotnet__core.CODEOWNERS",
        "ownership/dotnet__core.paths.txt",
        "ownership/dapr__docs.CODEOWNERS",
        "ownership/dapr__docs.paths.txt")]
    public void Match_RealRepositories_OwnsWhatTheirFilesSay()
    {
        var core = CodeownersReader.Parse(File.ReadAllText(SharedData.Path("ownership/dotnet__core.CODEOWNERS")));
        foreach (var path in File.ReadLines(SharedData.Path("ownership/dotnet__core.paths.txt")))
        {
            var expected = path.StartsWith(
                "release-notes/", StringComparison.Ordinal) ? 6 : path.StartsWith("samples/dotnetsay/", StringComparison.Ordinal) ? 7 : 0;
            (core.Match(path)?.Line ?? 0).ShouldBe(expected, path);
        }

        var docs = CodeownersReader.Parse(File.ReadAllText(SharedData.Path("ownership/dapr__docs.CODEOWNERS")));
        foreach (var path in File.ReadLines(SharedData.Path("ownership/dapr__docs.paths.txt")))
        {
            docs.Match(path)!.Owners.Select(owner => owner.ToString()).ShouldBe(["@dapr/approvers-docs", "@dapr/maintainers-docs"]);
        }
    }

    [Fact]
    public void Match_ThousandsOfRules_AgreesWithTryingThemAllAndTakesNoTime()
    {
        var rules = Enumerable.Range(0, 5000).Select(i => (i % 5) switch
        {
            0 => $"/src/area{i % 97}/part{i}/ @t{i}",
            1 => $"part{i - 1} @t{i}",
            2 => $"/src/area{i % 97}/**/*.x{i % 50} @t{i}",
            3 => $"*.y{i % 300} @t{i}",
            _ => $"/src/*/part{i - 4}/a*b*c*d*e*f @t{i}",
        });
        var file = CodeownersReader.Parse(string.Join('\n', rules));
        var paths = Enumerable.Range(0, 5_000)
            .Select(i => $"src/area{i % 97}/part{i % 5000}/deep/{new string('a', 20)}{i}.{(i % 2 == 0 ? "x" : "y")}{i % 300}")
            .ToArray();

        var clock = Stopwatch.StartNew();
        var lines = paths.Select(path => file.Match(path)?.Line).ToArray();
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));

        for (var i = 0; i < paths.Length; i += 97)
        {
            lines[i].ShouldBe(file.Rules.LastOrDefault(rule => rule.Matcher.IsMatch(paths[i].Split('/')))?.Line, paths[i]);
        }
    }

    [Fact]
    public void Match_ManyWildcards_StaysQuick()
    {
        var file = CodeownersReader.Parse(
            $"/{string.Concat(Enumerable.Repeat("**/a*", 40))}z @a\n/{string.Concat(Enumerable.Repeat("*a", 60))}b @b");
        var path = $"{string.Join('/', Enumerable.Repeat("aaaa", 200))}/{new string('a', 4000)}";

        var clock = Stopwatch.StartNew();
        file.Match(path).ShouldBeNull();
        file.Match(new string('a', 4000)).ShouldBeNull();
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }
}
