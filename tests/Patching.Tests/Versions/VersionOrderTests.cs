using Governance.Patching.Versions;
using Governance.Testing;
using Shouldly;
using Xunit;

namespace Governance.Patching.Tests.Versions;

public class VersionOrderTests
{
    /// <summary>
    /// Where PHP's bare version_compare, which the list follows, and Composer's comparison of normal forms part.
    /// Composer's is what decides an installation, and what the constraints of advisories mean.
    /// </summary>
    private static readonly string[] ComposerDiffers =
    [
        "1.0.0 > 1.0",
        "v4-beta4 < v4.0-alpha",
        "v1.9.0-ALPHA.2 = v1.9.0-BETA.2",
    ];

    private static readonly IVersionScheme[] EverySchemeOnce =
    [
        VersionSchemes.SemVer, VersionSchemes.Composer, VersionSchemes.NuGet, VersionSchemes.Maven, VersionSchemes.Python,
        VersionSchemes.Gem, VersionSchemes.Alpine, VersionSchemes.Debian, VersionSchemes.Rpm, VersionSchemes.Cran, VersionSchemes.Hackage,
    ];

    [SharedDataFact("versions/semver-versions.txt")]
    public void Compare_SemVerOracle_Agrees() => Disagreements(VersionSchemes.SemVer, "versions/semver-versions.txt").ShouldBeEmpty();

    [SharedDataFact("versions/packagist-versions.txt")]
    public void Compare_PackagistOracle_Agrees() =>
        Disagreements(VersionSchemes.Composer, "versions/packagist-versions.txt").Except(ComposerDiffers).ShouldBeEmpty();

    [SharedDataFact("versions/packagist-versions-generated.txt.xz")]
    public void Compare_PackagistGeneratedOracle_Agrees() =>
        Disagreements(VersionSchemes.Composer, "versions/packagist-versions-generated.txt.xz").Except(ComposerDiffers).ShouldBeEmpty();

    [SharedDataTheory("versions")]
    [InlineData("Debian", "debian-versions.txt")]
    [InlineData("Debian", "debian-versions-generated.txt.xz")]
    [InlineData("Maven", "maven-versions.txt")]
    [InlineData("Maven", "maven-versions-generated.txt.xz")]
    [InlineData("NuGet", "nuget-versions.txt")]
    [InlineData("PyPI", "pypi-versions.txt")]
    [InlineData("PyPI", "pypi-versions-generated.txt.xz")]
    [InlineData("Red Hat", "redhat-versions.txt")]
    [InlineData("RubyGems", "rubygems-versions.txt")]
    [InlineData("RubyGems", "rubygems-versions-generated.txt.xz")]
    public void Compare_Oracle_Agrees(string ecosystem, string file) =>
        Disagreements(VersionSchemes.For(ecosystem)!, $"versions/{file}").ShouldBeEmpty();

    [Theory]
    [InlineData("npm", "1.2.3")]
    [InlineData("Packagist", "1.2.3")]
    [InlineData("Packagist:https://packages.drupal.org/8", "8.x-dev")]
    public void For_KnownEcosystem_ReadsItsVersions(string ecosystem, string version) =>
        VersionSchemes.For(ecosystem).ShouldNotBeNull().TryParse(version, out _).ShouldBeTrue();

    [Theory]
    [InlineData("Nonesuch")]
    [InlineData("")]
    [InlineData(null)]
    public void For_UnknownEcosystem_HasNoScheme(string? ecosystem) => VersionSchemes.For(ecosystem).ShouldBeNull();

    [Fact]
    public void Compare_ComposerPatch_ComesAfterTheReleaseThatSemVerPutsItBefore()
    {
        Order(VersionSchemes.Composer, "2.4.7-p1", "2.4.7").ShouldBe(1);
        Order(VersionSchemes.SemVer, "2.4.7-p1", "2.4.7").ShouldBe(-1);
        Order(VersionSchemes.Composer, "2.4.7-p10", "2.4.7-p9").ShouldBe(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("abc")]
    [InlineData("1..2")]
    [InlineData("1.2.3-")]
    [InlineData("1.2.3 4")]
    [InlineData("-1")]
    public void TryParse_SemVerNonsense_IsRefused(string text) => VersionSchemes.SemVer.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Sorted_MavensContradictions_AreSortedSomehow()
    {
        // 1.0.RC1 < 1.0 < 1.0-1 < 1.0.RC1, as in the specification.
        string[] circle = ["1.0.RC1", "1.0", "1.0-1"];
        var versions = Enumerable.Range(0, 300).Select(i => circle[i * 7 % 3]).ToList();
        VersionSorting.Sorted(versions, (a, b) => Order(VersionSchemes.Maven, a, b)).Count.ShouldBe(300);
    }

    /// <remarks>
    /// Maven's order contradicts itself where a qualifier follows a period, so that it is asked for plain versions alone.
    /// </remarks>
    [Fact]
    public void Compare_AnyThreeVersions_IsATotalOrder()
    {
        foreach (var scheme in EverySchemeOnce)
        {
            var random = new Random(20260101);
            for (var i = 0; i < 5_000; i++)
            {
                BrokenLaw(scheme, Version(scheme, random, Classic), Version(scheme, random, Classic), Version(scheme, random, Classic))
                    .ShouldBeNull(scheme.Name);
                if (scheme == VersionSchemes.Maven)
                {
                    continue;
                }
                BrokenLaw(scheme, Version(scheme, random, Odd), Version(scheme, random, Odd), Version(scheme, random, Odd)).ShouldBeNull(
                    scheme.Name);
            }
        }
    }

    [Fact]
    public void TryParse_MutatedVersions_NeverThrows()
    {
        var random = new Random(7);
        const string alphabet = "0123456789.-+_vVxX*#@ abdevRCpl~^|\u00e9\0";
        for (var i = 0; i < 15_000; i++)
        {
            var text = string.Create(random.Next(12), random, (span, r) => r.GetItems(alphabet.AsSpan(), span));
            foreach (var scheme in EverySchemeOnce)
            {
                if (scheme.TryParse(text, out var version) && scheme.Compare(version, version) != 0)
                {
                    Assert.Fail($"{scheme.Name}: '{text}' is not itself.");
                }
                scheme.Satisfies("1.2.3", text);
                scheme.Satisfies(text, "^1.2 || <3");
            }
        }
    }

    private static string? BrokenLaw(IVersionScheme scheme, string a, string b, string c)
    {
        var (ab, bc, ac) = (Order(scheme, a, b), Order(scheme, b, c), Order(scheme, a, c));
        if (Order(scheme, a, a) != 0)
        {
            return $"{a} is not itself";
        }
        if (ab != -Order(scheme, b, a))
        {
            return $"{a} and {b} disagree on their order";
        }
        return ab <= 0 && bc <= 0 && ac > 0 ? $"{a} {b} {c} are not transitive" : null;
    }

    private static string Version(IVersionScheme scheme, Random random, Func<Random, string> make)
    {
        while (true)
        {
            var version = make(random);
            if (scheme.TryParse(version, out var read) && read.IsComparable)
            {
                return version;
            }
        }
    }

    private static string Classic(Random random)
    {
        string[] suffixes = ["", "", "-alpha", "-beta.2", "-rc.1", "-RC10", "-p1", "-p2", "-dev", "-foo.1", "+build", "-1", "rc2"];
        var numbers = Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(3));
        return (random.Next(8) == 0 ? "v" : "") + string.Join('.', numbers) + suffixes[random.Next(suffixes.Length)];
    }

    private static string Odd(Random random)
    {
        string[] parts = ["0", "1", "2", "10", "01", "a", "b", "rc", "alpha", "ga", "sp", "snapshot", "post", "dev", "x", "_p", "_rc", "r"];
        string[] separators = [".", ".", "-", "", "~", "+", "^", ":", "!", "_"];
        var text = random.Next(3).ToString(System.Globalization.CultureInfo.InvariantCulture);
        for (var i = random.Next(5); i > 0; i--)
        {
            text += separators[random.Next(separators.Length)] + parts[random.Next(parts.Length)];
        }
        return text;
    }

    private static IEnumerable<string> Disagreements(IVersionScheme scheme, string file) =>
        from line in SharedData.ReadLines(file)
        where !line.StartsWith("//", StringComparison.Ordinal) && !line.StartsWith('#')
        let parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        let order = Order(scheme, parts[0], parts[2])
        where order != parts[1] switch { "<" => -1, "=" => 0, _ => 1 }
        select line;

    private static int Order(IVersionScheme scheme, string left, string right)
    {
        if (!scheme.TryParse(left, out var a) || !scheme.TryParse(right, out var b))
        {
            throw new InvalidOperationException($"{scheme.Name} does not read {left} or {right}.");
        }
        return Math.Sign(scheme.Compare(a, b));
    }
}
