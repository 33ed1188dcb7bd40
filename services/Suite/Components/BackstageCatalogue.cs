using Governance.Ownership.V1;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Governance.Suite.Components;

/// <summary>
/// Components, resources and groups from Backstage's `catalog-info.yaml`, several documents in a file. Tier, exposure, environments
/// and platform, which Backstage does not know, are read from `spec`, labels or annotations by the last part of the key
/// (`governance/tier`). Other kinds of entities are passed over.
/// </summary>
internal static class BackstageCatalogue
{
    public static Catalogue Read(TextReader text)
    {
        var yaml = new YamlStream();
        try
        {
            yaml.Load(text);
        }
        catch (YamlException e)
        {
            throw new CatalogueException([$"line {e.Start.Line}, column {e.Start.Column}: {e.Message}"]);
        }

        var builder = new CatalogueBuilder();
        foreach (var document in yaml.Documents)
        {
            AddEntity(document.RootNode, builder);
        }

        return builder.Build();
    }

    private static void AddEntity(YamlNode root, CatalogueBuilder builder)
    {
        var place = $"line {root.Start.Line}";
        if (root is not YamlMappingNode entity)
        {
            if (root is not YamlScalarNode { Value: "" or null })
            {
                builder.Fault(place, "the document is no mapping");
            }

            return;
        }

        var (kind, metadata, spec) = (Text(entity, "kind"), Map(entity, "metadata"), Map(entity, "spec"));
        var name = Text(metadata, "name");
        if (kind is null or "" || name is null or "")
        {
            builder.Fault(place, kind is null or "" ? "kind is missing" : "metadata.name is missing");
        }
        else if (kind is "Component" or "Resource")
        {
            AddComponent(new Entity(kind, name, metadata!, spec, $"{place}, {kind} {name}"), builder);
        }
        else if (kind is "Group")
        {
            AddParty(name, metadata!, spec, $"{place}, {kind} {name}", builder);
        }
    }

    private static void AddComponent(Entity entity, CatalogueBuilder builder)
    {
        var (place, spec) = (entity.Place, entity.Spec);
        var component = new Component
        {
            Name = builder.Name("components", entity.Name, place),
            DisplayName = Text(entity.Metadata, "title") ?? entity.Name,
            Kind = KindOf(entity),
            Lifecycle = LifecycleOf(Text(spec, "lifecycle")),
            Tier = builder.Tier(entity.Fact("tier"), place),
            System = Text(spec, "system") is { Length: > 0 } system ? Reference("systems", system, place, builder) : "",
            Exposure = builder.Exposure(entity.Fact("exposure"), place),
            Owner = Text(spec, "owner") is { Length: > 0 } owner ? Reference("parties", owner, place, builder) : "",
            PlatformProduct = entity.Fact("platform-product") ?? "",
            PlatformVersion = entity.Fact("platform-version") ?? "",
        };
        component.Environments.Add(entity.Facts("environments").Select(e => e.ToLowerInvariant()));
        component.DependsOn.Add(DependsOn(spec, place, builder));
        foreach (var (key, value) in Pairs(Map(entity.Metadata, "labels")))
        {
            component.Labels[key] = value;
        }

        builder.Add(component, place);
    }

    private static void AddParty(string name, YamlMappingNode metadata, YamlMappingNode? spec, string place, CatalogueBuilder builder)
    {
        var party = new Party
        {
            Name = builder.Name("parties", name, place),
            DisplayName = Text(metadata, "title") ?? Text(Map(spec, "profile"), "displayName") ?? name,
            Kind = Text(spec, "type") == "vendor" ? Party.Types.Kind.Vendor : Party.Types.Kind.Team,
        };
        party.Members.Add(Texts(spec, "members").Select(m => builder.Name("users", Bare(m), place)));
        builder.Add(party, place);
    }

    private static IEnumerable<string> DependsOn(YamlMappingNode? spec, string place, CatalogueBuilder builder) =>
        Texts(spec, "dependsOn")
            .Where(d => d.Split(':')[0].ToLowerInvariant() is "component" or "resource")
            .Select(d => builder.Name("components", Bare(d), place))
            .Distinct();

    private static Component.Types.Kind KindOf(Entity entity) => (entity.Kind, Text(entity.Spec, "type")) switch
    {
        (_, "website" or "storefront") => Component.Types.Kind.Storefront,
        (_, "library") => Component.Types.Kind.Library,
        (_, "order-management") => Component.Types.Kind.OrderManagement,
        (_, "integration") => Component.Types.Kind.Integration,
        (_, "external-service") => Component.Types.Kind.ExternalService,
        ("Resource", "database" or "cache" or "queue" or "bucket" or "s3-bucket" or "search") => Component.Types.Kind.DataStore,
        ("Resource", _) => Component.Types.Kind.Infrastructure,
        _ => Component.Types.Kind.Service,
    };

    private static Component.Types.Lifecycle LifecycleOf(string? word) => word switch
    {
        "experimental" => Component.Types.Lifecycle.Experimental,
        "deprecated" => Component.Types.Lifecycle.Deprecated,
        "retired" => Component.Types.Lifecycle.Retired,
        _ => Component.Types.Lifecycle.Production,
    };

    private static string Reference(string collection, string reference, string place, CatalogueBuilder builder) =>
        builder.Name(collection, Bare(reference), place);

    /// <summary>The name in `[kind:][namespace/]name`.</summary>
    private static string Bare(string reference) => reference[(reference.LastIndexOfAny([':', '/']) + 1)..];

    private static YamlNode? Node(YamlMappingNode? map, string key) =>
        map is not null && map.Children.TryGetValue(new YamlScalarNode(key), out var node) ? node : null;

    private static YamlMappingNode? Map(YamlMappingNode? map, string key) => Node(map, key) as YamlMappingNode;

    private static string? Text(YamlMappingNode? map, string key) => (Node(map, key) as YamlScalarNode)?.Value;

    private static IEnumerable<string> Texts(YamlMappingNode? map, string key) => Node(map, key) switch
    {
        YamlSequenceNode sequence => sequence.Children.OfType<YamlScalarNode>().Select(s => s.Value ?? ""),
        YamlScalarNode { Value: { } value } => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        _ => [],
    };

    private static IEnumerable<(string Key, string Value)> Pairs(YamlMappingNode? map) =>
        map is null
            ? []
            : map.Children.Select(p => ((p.Key as YamlScalarNode)?.Value ?? "", (p.Value as YamlScalarNode)?.Value ?? ""));

    private sealed record Entity(string Kind, string Name, YamlMappingNode Metadata, YamlMappingNode? Spec, string Place)
    {
        /// <summary>A fact that Backstage does not know, from wherever it was put.</summary>
        public string? Fact(string word) => Facts(word).FirstOrDefault();

        public IEnumerable<string> Facts(string word)
        {
            foreach (var map in new[] { Spec, Map(Metadata, "labels"), Map(Metadata, "annotations") })
            {
                var key = Pairs(map).Select(p => p.Key).FirstOrDefault(k => k == word || k.EndsWith("/" + word, StringComparison.Ordinal));
                if (key is not null)
                {
                    return Texts(map, key);
                }
            }

            return [];
        }
    }
}
