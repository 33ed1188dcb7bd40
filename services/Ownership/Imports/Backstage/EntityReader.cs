using Governance.Ownership.Imports.Records;
using Governance.Ownership.V1;

namespace Governance.Ownership.Imports.Backstage;

/// <summary>Turns one entity that passed its checks into records. Faults of references and facts refuse it all the same.</summary>
internal sealed class EntityReader(YamlMap entity, string kind, string position, string subject)
{
    private readonly YamlMap _metadata = entity.Map("metadata")!;
    private readonly YamlMap? _spec = entity.Map("spec");
    private readonly CatalogFaults _faults = new();
    private readonly List<CatalogRecord> _notes = [];

    private string Bare => _metadata.Text("name")!;

    private string Namespace => _metadata.Text("namespace") ?? "default";

    private string Title => _metadata.Text("title") ?? Bare;

    private string Description => CatalogText.Description(_metadata.Text("description"));

    /// <summary>The entity first, then what of it is not kept; or that it is refused.</summary>
    public IEnumerable<CatalogRecord> Read()
    {
        CatalogRecord record = kind switch
        {
            "Component" or "Resource" => ReadComponent(),
            "System" => ReadSystem(),
            "API" => ReadApi(),
            "Group" => ReadGroup(),
            "User" => ReadUser(),
            "Location" => Note("Locations are not followed: import what they point to by itself."),
            "Domain" => Note("Domains are not kept; systems keep the name of theirs."),
            _ => Note($"Entities of kind '{CatalogWords.Short(kind)}' are not kept."),
        };
        return _faults.Any
            ? [new RefusedRecord(position, subject, _faults.ToString()) { Speaks = [CatalogIds.Of(Namespace, Bare)] }]
            : [record, .. _notes];
    }

    private ComponentRecord ReadComponent()
    {
        var facts = new EntityFacts(_metadata, _spec);
        var references = References();
        var name = $"components/{CatalogIds.Of(Namespace, Bare)}";
        var needs = references.Components("dependsOn", _notes);
        if (needs.Contains(name)) _faults.Add("spec.dependsOn", "it depends on itself");
        return new ComponentRecord(position, subject)
        {
            Name = name,
            DisplayName = CatalogText.Title(Title),
            Description = Description,
            Kind = ComponentKinds.Of(kind, _spec?.Text("type")),
            Lifecycle = ComponentKinds.LifecycleOf(_spec?.Text("lifecycle")),
            Tier = CatalogWords.Tier(facts.Text(EntityFacts.Tier), facts.Place(EntityFacts.Tier), _faults),
            Exposure = CatalogWords.Word(
                facts.Text(EntityFacts.Exposure),
                Component.Types.Exposure.Unspecified,
                "exposure",
                facts.Place(EntityFacts.Exposure),
                _faults),
            System = references.One("system", "System", "systems"),
            Owner = references.Owner("owner"),
            SubcomponentOf = references.One("subcomponentOf", "Component", "components"),
            Environments = CatalogWords.Environments(facts.Texts(EntityFacts.Environments)),
            DependsOn = needs,
            DependencyOf = [.. references.Components("dependencyOf", _notes).Where(other => other != name)],
            ProvidesApis = references.Many("providesApis", "API", "apis"),
            ConsumesApis = references.Many("consumesApis", "API", "apis"),
            Repositories = RepositoriesOf(facts),
            Labels = LabelsOf(),
            PlatformProduct = CatalogText.Title(facts.Text(EntityFacts.PlatformProduct)),
            PlatformVersion = CatalogText.Title(facts.Text(EntityFacts.PlatformVersion)),
            SizeInLines = SizeOf(facts),
            MaximumTolerableDowntime = Time(facts, EntityFacts.MaximumTolerableDowntime),
            RecoveryTime = Time(facts, EntityFacts.RecoveryTime),
            RecoveryPoint = Time(facts, EntityFacts.RecoveryPoint),
            Assignments = AssignmentsOf(facts, references),
        };
    }

    private AssignmentRecord[] AssignmentsOf(EntityFacts facts, EntityReferences references)
    {
        AssignmentRecord[] assignments = [.. facts.Duties.Select(duty => new AssignmentRecord(
            references.Area(duty.Area, duty.Place), DutyWords.Of(duty.Duty), references.Owner(duty.Party, duty.Place))).Distinct()];
        DutyWords.DemandOneAccountable(assignments, _faults);
        return assignments;
    }

    private SystemRecord ReadSystem() => new(position, subject)
    {
        Name = $"systems/{CatalogIds.Of(Namespace, Bare)}",
        DisplayName = CatalogText.Title(Title),
        Description = Description,
        Owner = References().Owner("owner"),
        Domain = CatalogText.Title(_spec?.Text("domain")),
    };

    private ApiRecord ReadApi() => new(position, subject)
    {
        Name = $"apis/{CatalogIds.Of(Namespace, Bare)}",
        DisplayName = CatalogText.Title(Title),
        Description = Description,
        Type = CatalogText.Title(_spec?.Text("type")),
        Lifecycle = ComponentKinds.LifecycleOf(_spec?.Text("lifecycle")),
        Owner = References().Owner("owner"),
        System = References().One("system", "System", "systems"),
    };

    private PartyRecord ReadGroup() => new(position, subject)
    {
        Name = $"parties/{CatalogIds.Of(Namespace, Bare)}",
        DisplayName = CatalogText.Title(_metadata.Text("title") ?? _spec?.Map("profile")?.Text("displayName") ?? Bare),
        Description = Description,
        Parent = References().One("parent", "Group", "parties"),
        Kind = _spec?.Text("type") == "vendor" ? Party.Types.Kind.Vendor : Party.Types.Kind.Team,
        Email = _spec?.Map("profile")?.Text("email") ?? "",
        Members = References().Many("members", "User", "users"),
        CodeownersAliases = AliasesOf(),
    };

    private UserRecord ReadUser() => new(position, subject)
    {
        Name = $"users/{CatalogIds.Of(Namespace, Bare)}",
        DisplayName = CatalogText.Title(_metadata.Text("title") ?? _spec?.Map("profile")?.Text("displayName") ?? Bare),
        Email = _spec?.Map("profile")?.Text("email") ?? "",
        MemberOf = References().Many("memberOf", "Group", "parties"),
    };

    private EntityReferences References() => new(_spec, Namespace, position, subject, _faults);

    private NotedRecord Note(string reason) => new(position, subject, reason);

    private NodaTime.Duration? Time(EntityFacts facts, string word) => CatalogWords.Time(facts.Text(word), facts.Place(word), _faults);

    private long SizeOf(EntityFacts facts)
    {
        var word = facts.Text(EntityFacts.SizeInLines) is null ? EntityFacts.SizeLines : EntityFacts.SizeInLines;
        return CatalogWords.Size(facts.Text(word), facts.Place(word), _faults);
    }

    private Dictionary<string, string> LabelsOf() => (_metadata.Map("labels")?.Pairs ?? [])
        .Where(pair => pair.Value is YamlScalar).ToDictionary(pair => pair.Key, pair => ((YamlScalar)pair.Value).Value);

    private string[] RepositoriesOf(EntityFacts facts)
    {
        var annotations = _metadata.Map("annotations");
        string?[] named =
        [
            .. facts.Texts(EntityFacts.Repositories).Select(text => Repositories.Of(text)),
            annotations?.Text("backstage.io/source-location") is { } location ? Repositories.Of(location) : null,
            annotations?.Text("github.com/project-slug") is { } github ? Repositories.Of(github) : null,
            annotations?.Text("gitlab.com/project-slug") is { } gitlab ? Repositories.Of(gitlab, "https://gitlab.com") : null,
        ];
        return [.. named.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private string[] AliasesOf()
    {
        var facts = new EntityFacts(_metadata, _spec).Texts(EntityFacts.Codeowners);
        var slug = _metadata.Map("annotations")?.Text("github.com/team-slug");
        return [.. facts.Append(slug)
            .OfType<string>()
            .Select(alias => alias.Trim().TrimStart('@'))
            .Where(alias => alias.Length is > 0 and <= 200)
            .Distinct(StringComparer.OrdinalIgnoreCase)];
    }
}
