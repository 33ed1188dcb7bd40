using Microsoft.Extensions.Options;

namespace Governance.Gateway.Identity;

/// <summary>
/// How the gateway lets people and programs in. Bound from the section `Identity` and from the environment:
/// `GOVERNANCE_IDENTITY_REQUESTSPERSECOND=500`.
/// </summary>
internal sealed class IdentityOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Identity";

    /// <summary>What the names of environment variables begin with.</summary>
    public const string EnvironmentPrefix = "GOVERNANCE_IDENTITY_";

    /// <summary>
    /// Becomes the secret of an administrator's API key at the first start, for scripts. Also read from
    /// GOVERNANCE_BOOTSTRAP_TOKEN. Empty: there is none.
    /// </summary>
    public string BootstrapToken { get; set; } = "";

    /// <summary>Requests a second that one caller may make before it is refused for a moment. Default 2,000.</summary>
    public int RequestsPerSecond { get; set; } = 2000;

    /// <summary>What is wrong with the options; empty when nothing is.</summary>
    public IEnumerable<string> Faults()
    {
        if (RequestsPerSecond <= 0)
        {
            yield return $"{Section}:{nameof(RequestsPerSecond)} is {RequestsPerSecond}; it must be more than zero.";
        }
    }
}

/// <summary>Says everything that is wrong with the options when the gateway starts.</summary>
internal sealed class IdentityOptionsCheck : IValidateOptions<IdentityOptions>
{
    public ValidateOptionsResult Validate(string? name, IdentityOptions options) =>
        options.Faults().ToArray() is { Length: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
}
