using System.Globalization;

namespace Governance.Patching.Rollouts;

/// <summary>What one stage of a proposal changes.</summary>
/// <param name="Id">The stage's id.</param>
/// <param name="Kind">Before production, or production.</param>
/// <param name="Components">In order of name.</param>
/// <param name="Environment">The environment's id.</param>
/// <param name="FirstSlot">The latest of the components' first slots; null where none is known.</param>
internal sealed record ProposalWave(
    string Id, StageKind Kind, IReadOnlyList<string> Components, string Environment, DateTimeOffset? FirstSlot)
{
    public const string Canary = "canary";

    public bool IsCanary => Id == Canary;
}

/// <summary>Splits what is to be changed into stages: staging, a canary of the least critical tier, waves, tier 1 last.</summary>
internal static class ProposalWaves
{
    private const int MostInWave = 20;

    public static List<ProposalWave> Of(IReadOnlyList<ProposalItem> items, string staging)
    {
        var waves = new List<ProposalWave>
        {
            Wave("staging", StageKind.Staging, staging, items.Select(item =>
                item.Component), items.Where(item => item.Environment == staging)),
        };
        var places = items.Where(item => item.Environment != staging)
            .GroupBy(item => (item.Component, item.Environment, item.Tier))
            .OrderByDescending(place => place.Key.Tier)
            .ThenBy(place => place.Key.Component, StringComparer.Ordinal)
            .ThenBy(place => place.Key.Environment, StringComparer.Ordinal)
            .ToList();
        if (places.Count > 1)
        {
            waves.Add(Wave(ProposalWave.Canary, StageKind.Production, places[0].Key.Environment, [places[0].Key.Component], places[0]));
        }
        var rest = places.Skip(places.Count > 1 ? 1 : 0)
            .GroupBy(place => (IsTierOne: place.Key.Tier == 1, place.Key.Environment))
            .OrderBy(group => group.Key.IsTierOne)
            .ThenBy(group => group.Key.Environment, StringComparer.Ordinal);
        foreach (var wave in rest.SelectMany(group => group.Chunk(MostInWave)))
        {
            var id = string.Create(
                CultureInfo.InvariantCulture, $"wave-{waves.Count(one => one.Kind == StageKind.Production && !one.IsCanary) + 1}");
            waves.Add(Wave(id, StageKind.Production, wave[0].Key.Environment, wave.Select(place =>
                place.Key.Component), wave.SelectMany(place => place)));
        }

        return waves;
    }

    private static ProposalWave Wave(
        string id, StageKind kind, string environment, IEnumerable<string> components, IEnumerable<ProposalItem> items) =>
        new(id, kind, [.. components.Distinct().Order(StringComparer.Ordinal)], environment, items.Max(item => item.FirstSlot));
}
