using CsvHelper;
using Governance.Ownership.V1;

namespace Governance.Suite.Components;

/// <summary>
/// Components from CSV with a header line. Columns: `name` (required), `displayName`, `kind`, `lifecycle`, `tier`, `system`,
/// `environments`, `exposure`, `owner`, `dependsOn`, `labels` (`key=value`), `platformProduct`, `platformVersion`.
/// Several values in one cell are separated by `;` or `|`. Column names ignore case, blanks, `-` and `_`.
/// </summary>
internal static class CsvCatalogue
{
    private static readonly char[] Separators = [';', '|', ','];

    private static readonly HashSet<string> Columns =
    [
        "name", "displayname", "kind", "lifecycle", "tier", "system", "environments", "exposure", "owner", "dependson", "labels",
        "platformproduct", "platformversion",
    ];

    private static readonly Dictionary<string, string> Synonyms = new()
    {
        ["component"] = "name",
        ["id"] = "name",
        ["title"] = "displayname",
        ["type"] = "kind",
        ["environment"] = "environments",
        ["dependencies"] = "dependson",
    };

    public static Catalogue Read(TextReader text)
    {
        var builder = new CatalogueBuilder();
        try
        {
            using var csv = CsvReader.Create(text, new CsvReaderOptions { TrimWhitespace = true, TrackLineNumbers = true });
            csv.ReadHeader();
            string[] given = [.. csv.Headers];
            if (given.Length == 0)
            {
                throw new CatalogueException(["line 1: there is no header"]);
            }

            var header = given.Select(Column).ToArray();
            CheckHeader(header, given, builder);
            while (csv.Read())
            {
                AddRow(csv, header, builder);
            }
        }
        catch (CsvFormatException e)
        {
            builder.Fault($"line {e.LineNumber}", e.Message);
        }

        return builder.Build();
    }

    private static void CheckHeader(string[] header, string[] given, CatalogueBuilder builder)
    {
        for (var i = 0; i < header.Length; i++)
        {
            if (!Columns.Contains(header[i]))
            {
                builder.Fault("line 1", $"there is no column '{given[i]}'");
            }
            else if (Array.IndexOf(header, header[i]) < i)
            {
                builder.Fault("line 1", $"the column '{given[i]}' stands there twice");
            }
        }

        if (!header.Contains("name"))
        {
            builder.Fault("line 1", "the column 'name' is missing");
        }
    }

    private static void AddRow(CsvReader csv, string[] header, CatalogueBuilder builder)
    {
        var place = $"line {csv.LineNumber}";
        string Cell(string column) => Array.IndexOf(header, column) is >= 0 and var i && i < csv.FieldCount ? csv.GetString(i) : "";
        string[] Cells(string column) =>
            Cell(column).Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var name = builder.Name("components", Cell("name"), place);
        var component = new Component
        {
            Name = name,
            DisplayName = Cell("displayname") is { Length: > 0 } display ? display : name["components/".Length..],
            Kind = builder.Kind(Cell("kind"), place),
            Lifecycle = builder.Lifecycle(Cell("lifecycle"), place),
            Tier = builder.Tier(Cell("tier"), place),
            System = Cell("system") is { Length: > 0 } system ? builder.Name("systems", system, place) : "",
            Exposure = builder.Exposure(Cell("exposure"), place),
            Owner = Cell("owner") is { Length: > 0 } owner ? builder.Name("parties", owner, place) : "",
            PlatformProduct = Cell("platformproduct"),
            PlatformVersion = Cell("platformversion"),
        };
        component.Environments.Add(Cells("environments").Select(e => e.ToLowerInvariant()));
        component.DependsOn.Add(Cells("dependson").Select(d => builder.Name("components", d, place)));
        AddLabels(component, Cells("labels"), place, builder);
        builder.Add(component, place);
    }

    private static void AddLabels(Component component, string[] labels, string place, CatalogueBuilder builder)
    {
        foreach (var label in labels)
        {
            if (label.Split('=', 2) is [{ Length: > 0 } key, var value])
            {
                component.Labels[key] = value;
            }
            else
            {
                builder.Fault(place, $"the label '{label}' is not key=value");
            }
        }
    }

    private static string Column(string header)
    {
        var bare = string.Concat(header.Where(char.IsLetter)).ToLowerInvariant();
        return Synonyms.GetValueOrDefault(bare, bare);
    }
}
