using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.Common.V1;
using NodaTime;
using Proto = Governance.Ownership.V1;

namespace Governance.Ownership.Components;

/// <summary>Reads a component's terms out of a request.</summary>
internal static class ComponentFields
{
    private const int MostRelations = 1000;
    private static readonly Duration Longest = Duration.FromDays(366);

    /// <summary>The terms alone: what callers decide, in one spelling. Meaningless once <paramref name="faults"/> has any.</summary>
    /// <param name="faults">Takes what is wrong.</param>
    /// <param name="given">The request's.</param>
    /// <param name="self">The component's own name.</param>
    public static Proto.Component Component(this FieldFaults faults, Proto.Component given, string self)
    {
        faults.Required(given.DisplayName, "component.display_name").Length(given.DisplayName, 200, "component.display_name");
        faults.Length(given.Description, 2000, "component.description").Length(given.PlatformProduct, 200, "component.platform_product");
        faults.Length(given.PlatformVersion, 100, "component.platform_version");
        faults.Check(given.Tier is >= 0 and <= 4, "component.tier", $"{given.Tier} is none of 1, 2, 3 and 4.", "OUT_OF_RANGE");
        faults.Check(Enum.IsDefined(given.Kind), "component.kind", $"{(int)given.Kind} is no kind.", "UNKNOWN_VALUE");
        faults.Check(Enum.IsDefined(given.Lifecycle), "component.lifecycle", $"{(int)given.Lifecycle} is no lifecycle.", "UNKNOWN_VALUE");
        faults.Check(Enum.IsDefined(given.Exposure), "component.exposure", $"{(int)given.Exposure} is no exposure.", "UNKNOWN_VALUE");
        faults.Check(given.SizeInLines >= 0, "component.size_in_lines", "Is negative.", "OUT_OF_RANGE");
        faults.Length(given.MaximumTolerableDowntime, "component.maximum_tolerable_downtime", Longest);
        faults.Length(given.Rto, "component.rto", Longest);
        faults.Length(given.Rpo, "component.rpo", Longest);
        var terms = Own(given);
        faults.CheckNames(terms, self);
        faults.CheckLists(terms);
        faults.CheckCosts(terms);
        return terms;
    }

    /// <summary>What people decide; names in full, lists without repetition.</summary>
    private static Proto.Component Own(Proto.Component given)
    {
        var terms = given.Clone();
        (terms.Name, terms.Source, terms.Etag) = ("", "", "");
        (terms.EffectiveTime, terms.CreateTime, terms.UpdateTime, terms.DeleteTime) = (null, null, null, null);
        terms.Dangling.Clear();
        terms.System = NameFields.InFull(terms.System, "systems");
        terms.Owner = NameFields.InFull(terms.Owner, "parties");
        terms.SubcomponentOf = NameFields.InFull(terms.SubcomponentOf, "components");
        terms.EscalationPolicy = NameFields.InFull(terms.EscalationPolicy, "escalationPolicies");
        Tidy(terms.DependsOn, "components");
        Tidy(terms.ProvidesApi, "apis");
        Tidy(terms.ConsumesApi, "apis");
        return terms;
    }

    private static void Tidy(Google.Protobuf.Collections.RepeatedField<string> names, string collection)
    {
        var tidy = names.Select(name => NameFields.InFull(name, collection)).Distinct().ToList();
        names.Clear();
        names.Add(tidy);
    }

    private static void CheckNames(this FieldFaults faults, Proto.Component terms, string self)
    {
        faults.OptionalName(terms.System, "systems", "component.system");
        faults.OptionalName(terms.Owner, "parties", "component.owner");
        faults.OptionalName(terms.SubcomponentOf, "components", "component.subcomponent_of");
        faults.OptionalName(terms.EscalationPolicy, "escalationPolicies", "component.escalation_policy");
        faults.Names(terms.DependsOn, "components", "component.depends_on");
        faults.Names(terms.ProvidesApi, "apis", "component.provides_api");
        faults.Names(terms.ConsumesApi, "apis", "component.consumes_api");
        faults.Check(!terms.DependsOn.Contains(self), "component.depends_on", "Names the component itself.", "DEPENDS_ON_ITSELF");
        faults.Check(terms.SubcomponentOf != self, "component.subcomponent_of", "Names the component itself.", "PART_OF_ITSELF");
    }

    private static void Names(this FieldFaults faults, IReadOnlyList<string> names, string collection, string field)
    {
        faults.Check(names.Count <= MostRelations, field, $"Has {names.Count} entries; at most {MostRelations} are allowed.", "TOO_MANY");
        for (var i = 0; i < names.Count; i++) faults.Name(names[i], collection, $"{field}[{i}]");
    }

    private static void CheckLists(this FieldFaults faults, Proto.Component terms)
    {
        faults.Check(terms.Labels.Count <= 100, "component.labels", "Has more than 100 entries.", "TOO_MANY");
        foreach (var (key, value) in terms.Labels)
        {
            faults.Check(key.Length is > 0 and <= 200
                && value.Length <= 1000, $"component.labels[{key}]", "Keys have 1 to 200 characters, values at most 1,000.", "TOO_LONG");
        }
        faults.Check(terms.Environments.Count <= 50, "component.environments", "Has more than 50 entries.", "TOO_MANY");
        for (var i = 0; i < terms.Environments.Count; i++)
        {
            faults.Check(
                terms.Environments[i].Length is > 0 and <= 63,
                $"component.environments[{i}]",
                "Has no or more than 63 characters.",
                "TOO_LONG");
        }
        faults.Check(terms.Repositories.Count <= 50, "component.repositories", "Has more than 50 entries.", "TOO_MANY");
        for (var i = 0; i < terms.Repositories.Count; i++) faults.Link(terms.Repositories[i], 2000, $"component.repositories[{i}]");
    }

    private static void CheckCosts(this FieldFaults faults, Proto.Component terms)
    {
        LocalDate? last = null;
        for (var i = 0; i < terms.DowntimeCostPerHour.Count; i++)
        {
            var (dated, field) = (terms.DowntimeCostPerHour[i], $"component.downtime_cost_per_hour[{i}]");
            faults.Required(dated.From, $"{field}.from").Required(dated.Cost, $"{field}.cost");
            var from = faults.Date(dated.From, $"{field}.from");
            faults.Check(last is null || from is null || from > last, $"{field}.from", "Is not after the one before it.", "OUT_OF_ORDER");
            if (dated.Cost is { } cost) faults.Amount(cost, $"{field}.cost");
            last = from ?? last;
        }
    }

    private static void Amount(this FieldFaults faults, Money amount, string field)
    {
        faults.Check(
            amount.CurrencyCode.Length == 3 && amount.CurrencyCode.All(char.IsAsciiLetterUpper),
            $"{field}.currency_code",
            $"'{amount.CurrencyCode}' is no currency code such as EUR.",
            "INVALID_CURRENCY");
        faults.Check(amount.Units >= 0
            && amount.Nanos is >= 0 and < 1_000_000_000, field, "Is negative, or its nanos are not below 1,000,000,000.", "OUT_OF_RANGE");
    }
}
