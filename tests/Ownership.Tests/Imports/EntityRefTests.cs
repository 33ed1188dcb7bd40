using System.Text.Json;
using Governance.Ownership.Imports.Backstage;
using Governance.Testing;
using Shouldly;

namespace Governance.Ownership.Tests.Imports;

public sealed class EntityRefTests
{
    private const string Cases = "ownership/backstage_entity_ref_cases.json";

    [SharedDataFact(Cases)]
    public void Parse_OracleCases_AgreesOnPartsAndFaults()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(SharedData.Path(Cases)));
        foreach (var one in document.RootElement.EnumerateArray())
        {
            var text = one.GetProperty("ref").GetString()!;
            var context = one.GetProperty("context");
            var kind = context.ValueKind == JsonValueKind.Null ? null : context.GetProperty("defaultKind").GetString();
            if (one.TryGetProperty("error", out var error))
            {
                Should.Throw<FormatException>(() => EntityRef.Parse(text, kind)).Message.ShouldBe(error.GetString());
                continue;
            }

            var parsed = EntityRef.Parse(text, kind);
            var expected = one.GetProperty("parsed");
            (parsed.Kind, parsed.Namespace, parsed.Name).ShouldBe(
                (expected.GetProperty("kind")
                    .GetString()!, expected.GetProperty("namespace").GetString()!, expected.GetProperty("name").GetString()!), text);
            parsed.ToString().ShouldBe(one.GetProperty("stringified").GetString(), text);
        }
    }
}
