using System.Globalization;
using System.Text.RegularExpressions;
using Governance.Ownership.V1;

namespace Governance.Suite.Components;

/// <summary>Collects components and parties from either format, with every fault and its place.</summary>
internal sealed partial class CatalogueBuilder
{
    private static readonly string[] DefaultEnvironments = ["staging", "production"];

    private readonly Dictionary<string, Component> components = [];
    private readonly Dictionary<string, Party> parties = [];
    private readonly Dictionary<string, string> places = [];
    private readonly List<string> faults = [];

    public void Fault(string place, string reason) => faults.Add($"{place}: {reason}");

    public Catalogue Build()
    {
        if (faults.Count > 0)
        {
            throw new CatalogueException(faults);
        }

        foreach (var owner in components.Values.Select(c => c.Owner).Where(o => o.Length > 0))
        {
            parties.TryAdd(owner, new Party { Name = owner, DisplayName = owner["parties/".Length..], Kind = Party.Types.Kind.Team });
        }

        return new Catalogue([.. components.Values], [.. parties.Values]);
    }

    public void Add(Component component, string place)
    {
        if (component.Environments.Count == 0)
        {
            component.Environments.Add(DefaultEnvironments);
        }

        if (component.DependsOn.Contains(component.Name))
        {
            Fault(place, $"{component.Name} depends on itself");
        }

        if (!components.TryAdd(component.Name, component))
        {
            Fault(place, $"{component.Name} was given before, {places[component.Name]}");
        }

        places.TryAdd(component.Name, place);
    }

    public void Add(Party party, string place)
    {
        if (!parties.TryAdd(party.Name, party))
        {
            Fault(place, $"{party.Name} was given before");
        }
    }

    /// <summary>`components/{id}`, lower-case. Ids are 1 to 63 of a-z, 0-9, `-`, `_` and `.`.</summary>
    public string Name(string collection, string id, string place)
    {
        var bare = id.StartsWith(collection + "/", StringComparison.Ordinal) ? id[(collection.Length + 1)..] : id;
        var slug = bare.ToLowerInvariant();
        if (!Slug().IsMatch(slug))
        {
            Fault(place, $"'{id}' is no id: 1 to 63 letters, digits, '-', '_' or '.', beginning with a letter or digit");
        }

        return $"{collection}/{slug}";
    }

    /// <summary>An unset tier is 1: what nobody has classified is treated as what stops orders.</summary>
    public int Tier(string? text, string place)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return 1;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var tier) && tier is >= 1 and <= 4)
        {
            return tier;
        }

        Fault(place, $"tier '{text}' is not 1, 2, 3 or 4");
        return 1;
    }

    public Component.Types.Exposure Exposure(string? text, string place) =>
        Word(text, place, "exposure", Component.Types.Exposure.Unspecified);

    public Component.Types.Kind Kind(string? text, string place) => Word(text, place, "kind", Component.Types.Kind.Service);

    public Component.Types.Lifecycle Lifecycle(string? text, string place) =>
        Word(text, place, "lifecycle", Component.Types.Lifecycle.Production);

    private TEnum Word<TEnum>(string? text, string place, string field, TEnum whenUnset)
        where TEnum : struct, Enum
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return whenUnset;
        }

        var word = text.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        if (!int.TryParse(word, CultureInfo.InvariantCulture, out _) && Enum.TryParse<TEnum>(word, ignoreCase: true, out var value))
        {
            return value;
        }

        var allowed = Enum.GetNames<TEnum>().Where(n => n != "Unspecified").Select(n => n.ToLowerInvariant());
        Fault(place, $"{field} '{text}' is none of {string.Join(", ", allowed)}");
        return whenUnset;
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9._-]{0,62}$")]
    private static partial Regex Slug();
}
