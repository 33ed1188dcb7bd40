using Governance.Ownership.Imports.Records;
namespace Governance.Ownership.Imports.Backstage;

/// <summary>What Backstage asks of each kind that it defines.</summary>
internal static class EntityKinds
{
    private static readonly string[] CoreVersions = ["backstage.io/v1alpha1", "backstage.io/v1beta1"];

    private static readonly Field Type = new("type", IsRequired: true);
    private static readonly Field Lifecycle = new("lifecycle", IsRequired: true);
    private static readonly Field Owner = new("owner", IsRequired: true);
    private static readonly Field System = new("system");
    private static readonly Field DependsOn = new("dependsOn", FieldType.Texts);
    private static readonly Field DependencyOf = new("dependencyOf", FieldType.Texts);
    private static readonly Field[] Profile = [new("displayName"), new("email"), new("picture")];

    private static readonly Dictionary<string, (string[] Versions, Field[] Spec, bool NeedsSpec)> Kinds = new()
    {
        ["Component"] = (CoreVersions,
            [Type, Lifecycle, Owner, System, new("subcomponentOf"), new(
                "providesApis", FieldType.Texts), new("consumesApis", FieldType.Texts), DependsOn, DependencyOf], true),
        ["API"] = (CoreVersions, [Type, Lifecycle, Owner, System], true),
        ["Resource"] = (CoreVersions, [Type, Owner, DependsOn, DependencyOf, System], true),
        ["System"] = (CoreVersions, [Owner, new("domain"), new("type")], true),
        ["Domain"] = (CoreVersions, [Owner, new("subdomainOf"), new("type")], true),
        ["Group"] = (CoreVersions,
            [Type, new("profile", FieldType.Map), new("parent"), new(
                "children", FieldType.Texts, true), new("members", FieldType.Texts)], true),
        ["User"] = (CoreVersions, [new("profile", FieldType.Map), new("memberOf", FieldType.Texts, true)], true),
        ["Location"] = (CoreVersions, [new("type"), new("target"), new("targets", FieldType.Texts)], true),
        ["AiResource"] = (["backstage.io/v1alpha1"],
            [
                Type, Lifecycle, Owner, System, new(
                    "disciplines", FieldType.Texts), new("categories", FieldType.Texts), new("agents", FieldType.Texts), DependsOn,
                new("allowedTools"), new("license"), new("compatibility"), new("version"),
            ],
            true),
        ["Template"] = (["scaffolder.backstage.io/v1beta3", "backstage.io/v1beta2"], [], false),
    };

    public static bool IsKnown(string kind) => Kinds.ContainsKey(kind);

    public static void Check(YamlMap entity, string kind, CatalogFaults faults)
    {
        var (versions, fields, needsSpec) = Kinds[kind];
        if (entity.Text("apiVersion") is { Length: > 0 } version && !versions.Contains(version))
        {
            faults.Add("apiVersion", $"'{CatalogWords.Short(version)}' is not {string.Join(" or ", versions)}");
        }
        if (entity.Map("spec") is { } spec)
        {
            EntityFields.Check(spec, "spec.", fields, faults);
            if (kind is "Group" or "User" && spec.Map("profile") is { } profile)
            {
                EntityFields.Check(profile, "spec.profile.", Profile, faults);
            }
            CheckMore(kind, spec, faults);
        }
        else if (needsSpec && entity["spec"] is null)
        {
            faults.Add("spec", "is missing");
        }
    }

    private static void CheckMore(string kind, YamlMap spec, CatalogFaults faults)
    {
        if (kind == "Location"
            && spec["presence"] is { } presence
            && presence is not YamlScalar { IsString: true, Value: "required" or "optional" })
        {
            faults.Add("spec.presence", "must be required or optional");
        }
        if (kind == "API" && spec.Text("type") == "mcp-server") CheckRemotes(spec, faults);
        else if (kind == "API") EntityFields.Check(spec, "spec.", [new Field("definition", IsRequired: true)], faults);
        if (kind == "AiResource" && spec.Text("type") == "rule")
        {
            EntityFields.Check(spec, "spec.", [new Field("category", IsRequired: true), new Field("rationale", IsRequired: true)], faults);
        }
        if (kind == "AiResource" && spec.Text("type") == "marketplace")
        {
            EntityFields.Check(spec, "spec.", [new Field("plugins", FieldType.Texts, true)], faults);
        }
    }

    private static void CheckRemotes(YamlMap spec, CatalogFaults faults)
    {
        EntityFields.Check(spec, "spec.", [new Field("remotes", FieldType.List, true)], faults);
        if (spec["remotes"] is not YamlList { Items: var remotes }) return;
        if (remotes.Count == 0) faults.Add("spec.remotes", "must not be empty");
        for (var i = 0; i < remotes.Count; i++)
        {
            if (remotes[i] is YamlMap remote)
            {
                EntityFields.Check(
                remote, $"spec.remotes[{i}].", [new Field("type", IsRequired: true), new Field("url", IsRequired: true)], faults);
            }
            else
            {
                EntityFields.Check(remotes[i], $"spec.remotes[{i}]", FieldType.Map, faults);
            }
        }
    }
}
