using Microsoft.Extensions.Options;

namespace Governance.Patching.Feeds;

/// <summary>From where feeds may be fetched. In the environment, each name after <c>GOVERNANCE_FEEDS_</c>.</summary>
internal sealed class FeedOptions
{
    /// <summary>What the names of environment variables begin with.</summary>
    public const string EnvironmentPrefix = "GOVERNANCE_FEEDS_";

    /// <summary>
    /// The hosts that feeds may be at, separated by commas; one with another port than 443 as <c>host:port</c>. They must have
    /// public addresses. Default: where CISA, FIRST, NVD and OSV publish.
    /// </summary>
    public string Hosts { get; set; } =
        "www.cisa.gov,api.first.org,epss.empiricalsecurity.com,epss.cyentia.com,nvd.nist.gov,services.nvd.nist.gov,api.osv.dev";

    /// <summary>Hosts that may have private addresses too, such as a mirror of the company's own. Default: none.</summary>
    public string PrivateHosts { get; set; } = "";

    /// <summary>Whether feeds may be at loopback addresses, there also by plain http. Default: no.</summary>
    public bool Loopback { get; set; }

    /// <summary>The longest document, unpacked. Default 1 GiB.</summary>
    public long MaxBytes { get; set; } = 1024L * 1024 * 1024;

    /// <summary>How long a run may take, its import included. Default 30 minutes.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(30);

    public IReadOnlySet<string> PublicHosts => Split(Hosts);

    public IReadOnlySet<string> TrustedHosts => Split(PrivateHosts);

    private static HashSet<string> Split(string hosts) =>
        hosts.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
}

/// <summary>Refuses to start on options that do not hold.</summary>
internal sealed class FeedOptionsCheck : IValidateOptions<FeedOptions>
{
    public ValidateOptionsResult Validate(string? name, FeedOptions options)
    {
        var faults = options.PublicHosts.Concat(options.TrustedHosts)
            .Where(host =>
                !Uri.TryCreate($"https://{host}/", UriKind.Absolute, out var url) || url.AbsolutePath != "/" || url.UserInfo.Length > 0)
            .Select(host => $"{FeedOptions.EnvironmentPrefix}HOSTS: '{host}' is no host.").ToList();
        if (options.MaxBytes <= 0) faults.Add($"{FeedOptions.EnvironmentPrefix}MAXBYTES is {options.MaxBytes}; it must be more than zero.");
        if (options.Timeout <= TimeSpan.Zero || options.Timeout > TimeSpan.FromDays(1))
        {
            faults.Add($"{FeedOptions.EnvironmentPrefix}TIMEOUT is {options.Timeout}; it must be more than zero and at most a day.");
        }
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
