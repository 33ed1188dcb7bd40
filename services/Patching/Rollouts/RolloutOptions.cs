using System.Globalization;

namespace Governance.Patching.Rollouts;

/// <summary>What operators can set about rollouts.</summary>
/// <param name="ReviewWithin">How long after its last stage an EMERGENCY is to be reviewed.</param>
internal sealed record RolloutOptions(TimeSpan ReviewWithin)
{
    private const string ReviewHours = "GOVERNANCE_PATCHING_REVIEW_HOURS";
    private const int MostHours = 2160;

    /// <summary>Reads <c>GOVERNANCE_PATCHING_REVIEW_HOURS</c>: whole hours, 1 to 2160; 72 when unset.</summary>
    /// <exception cref="InvalidOperationException">It is set to something else.</exception>
    public static RolloutOptions Read(Func<string, string?> variable)
    {
        var text = variable(ReviewHours);
        if (string.IsNullOrWhiteSpace(text)) return new RolloutOptions(TimeSpan.FromHours(72));
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var hours) && hours is >= 1 and <= MostHours
            ? new RolloutOptions(TimeSpan.FromHours(hours))
            : throw new InvalidOperationException($"{ReviewHours} is '{text}'; whole hours from 1 to {MostHours} are asked for.");
    }
}
