using System.Text.Json.Nodes;
using Governance.Ownership.Imports.Records;
using Governance.Testing;
using Shouldly;

namespace Governance.Ownership.Tests.Imports;

/// <summary>Backstage's own schemas decide which fields an entity must have and of what type.</summary>
public sealed class BackstageSchemaTests
{
    private const string Examples = "ownership/backstage_schema_examples.json";

    private static readonly string[] Kinds =
    [
        "API", "Component", "Domain", "Group", "Location", "Resource", "System", "User", "AiResource", "API.v1alpha1.mcp-server",
        "AiResource.v1alpha1.rule", "AiResource.v1alpha1.marketplace",
    ];

    [SharedDataFact(Examples)]
    public async Task Example_OfEachSchema_IsTaken()
    {
        foreach (var example in Entities())
        {
            var record = (await Catalogs.BackstageAsync(example.ToJsonString())).ShouldHaveSingleItem();
            record.ShouldNotBeOfType<RefusedRecord>($"{example}: {(record as RefusedRecord)?.Reason}");
        }
    }

    [SharedDataFact(Examples)]
    public async Task Example_WithoutOrWithAWrongFieldOfItsSchema_IsRefusedNamingIt()
    {
        var broken = 0;
        foreach (var kind in Kinds)
        {
            var name = kind.Contains('.', StringComparison.Ordinal) ? kind : $"{kind}.v1alpha1";
            var (example, schema) = (Example($"{name}.schema.json"), Schema($"{name}.schema.json"));
            foreach (var (place, wrong) in Broken(example, schema))
            {
                broken++;
                var record = (await Catalogs.BackstageAsync(wrong.ToJsonString())).ShouldHaveSingleItem();
                record.ShouldBeOfType<RefusedRecord>($"{kind}: {place} in {wrong.ToJsonString()}").Reason.ShouldContain(
                    place, Case.Sensitive, kind);
            }
        }

        broken.ShouldBeGreaterThan(100);
    }

    /// <summary>The example with every field of the schema's `spec` missing (where it is required), empty, or of another type.</summary>
    private static IEnumerable<(string Place, JsonNode Entity)> Broken(JsonNode example, JsonNode schema)
    {
        var own = schema["allOf"]![1]!;
        if (own["required"]!.AsArray().Any(field => (string)field! == "spec"))
        {
            yield return ("spec", With(example, entity => entity.AsObject().Remove("spec")));
        }
        var spec = own["properties"]!["spec"]!;
        var required = spec["required"]!.AsArray().Select(field => (string)field!).ToHashSet();
        foreach (var (field, rule) in spec["properties"]!.AsObject())
        {
            var place = $"spec.{field}";
            if (required.Contains(field)) yield return (place, With(example, entity => entity["spec"]!.AsObject().Remove(field)));
            yield return (place, With(example, entity => entity["spec"]![field] = 7));
            if ((string?)rule!["type"] == "array")
            {
                yield return (place, With(example, entity => entity["spec"]![field] = new JsonArray("")));
            }
            else if (rule["enum"] is null && rule["const"] is null)
            {
                yield return (place, With(example, entity => entity["spec"]![field] = ""));
            }
        }
    }

    private static JsonNode With(JsonNode example, Action<JsonNode> change)
    {
        var copy = example.DeepClone();
        change(copy);
        return copy;
    }

    private static IEnumerable<JsonNode> Entities() => All()
        .Where(one => (string)one["schema"]! is not ("EntityMeta.schema.json" or "EntityEnvelope.schema.json"))
        .Select(one => one["entity"]!);

    private static JsonNode Example(string schema) => All().Single(one => (string)one["schema"]! == schema)["entity"]!;

    private static JsonNode Schema(string name) =>
        JsonNode.Parse(File.ReadAllText(SharedData.Path($"ownership/backstage_schemas/{name}")))!;

    private static IEnumerable<JsonNode> All() =>
        JsonNode.Parse(File.ReadAllText(SharedData.Path(Examples)))!.AsArray().Select(one => one!);
}
