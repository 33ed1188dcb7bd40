using System.Text.RegularExpressions;

namespace Governance.Patching.Versions.Composer;

/// <summary>Composer's normal form of a version: four numbers or a date, then stability and <c>-dev</c>.</summary>
/// <remarks>Behaves as <c>VersionParser::normalize</c> of https://github.com/composer/semver does.</remarks>
internal static partial class ComposerNormalizer
{
    /// <summary>What Composer puts for the <c>x</c> of a branch such as <c>2.x-dev</c>.</summary>
    private const string AnyNumber = "9999999";

    /// <summary>The normal form, or null where Composer refuses the version.</summary>
    public static string? Normalize(string text)
    {
        var version = text.Trim();
        if (version.Contains(" as ", StringComparison.Ordinal) && Alias().Match(version) is { Success: true } alias)
        {
            version = alias.Groups[1].Value;
        }
        if (version.Contains('@', StringComparison.Ordinal))
        {
            version = StabilityFlag().Replace(version, "");
        }
        if (version is "master" or "trunk" or "default")
        {
            return "dev-" + version;
        }
        if (version.StartsWith("dev-", StringComparison.OrdinalIgnoreCase))
        {
            return "dev-" + version[4..];
        }
        var plus = version.IndexOf('+', StringComparison.Ordinal);
        if (plus > 0 && BuildMetadata().IsMatch(version))
        {
            version = version[..plus];
        }
        return ClassicVersion.Normalize(version) ?? NormalizeDate(version) ?? NormalizeDevSuffix(version);
    }

    /// <summary>The normal form of a branch's name: <c>2.x</c> is a version above all of 2, any other a <c>dev-</c> branch.</summary>
    public static string NormalizeBranch(string name)
    {
        var match = NumericBranch().Match(name.Trim());
        if (!match.Success)
        {
            return "dev-" + name.Trim();
        }
        var numbers =
            Enumerable.Range(1, 4).Select(i => match.Groups[i].Value is "" or "x" or "X" or "*" ? AnyNumber : match.Groups[i].Value);
        return string.Join('.', numbers) + "-dev";
    }

    private static string? NormalizeDate(string version)
    {
        var match = DateVersion().Match(version);
        return match.Success && ClassicVersion.Modifier(match.Groups[2].ValueSpan) is { } modifier
            ? NotADigit().Replace(match.Groups[1].Value, ".") + modifier
            : null;
    }

    private static string? NormalizeDevSuffix(string version)
    {
        if (!version.EndsWith("dev", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }
        var name = version[..^3];
        if (name is [.., '.' or '-'])
        {
            name = name[..^1];
        }
        var branch = NormalizeBranch(name);
        return branch.Contains("dev-", StringComparison.Ordinal) ? null : branch;
    }

    [GeneratedRegex(@"^([^,\s]+) +as +([^,\s]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Alias();

    [GeneratedRegex(@"@(?:stable|RC|beta|alpha|dev)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex StabilityFlag();

    [GeneratedRegex(@"^[^,\s+]+\+[^\s]+$", RegexOptions.CultureInvariant)]
    private static partial Regex BuildMetadata();

    [GeneratedRegex(
        @"^v?([0-9]{4}(?:[.:-]?[0-9]{2}){1,6}(?:[.:-]?[0-9]{1,3}){0,2})((?:[._-]|[a-z]).*)?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DateVersion();

    [GeneratedRegex("[^0-9]", RegexOptions.CultureInvariant)]
    private static partial Regex NotADigit();

    [GeneratedRegex(
        @"^v?([0-9]+)(?:\.([0-9]+|[xX*]))?(?:\.([0-9]+|[xX*]))?(?:\.([0-9]+|[xX*]))?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NumericBranch();
}
