using Governance.Gateway.Transcoding;

namespace Governance.Gateway.OpenApi;

/// <summary>A parameter of an OpenAPI path, and what it stands for.</summary>
internal sealed record PathParameter(string Name, string Description, FieldShape Field, bool WholeField);

/// <summary>A path template as OpenAPI writes it: <c>/v1/{name=windows/*}</c> is <c>/v1/windows/{window}</c>.</summary>
internal sealed record OpenApiPath(string Text, IReadOnlyList<PathParameter> Parameters)
{
    public static OpenApiPath Of(RestRoute route)
    {
        var parts = new List<string>();
        var parameters = new List<PathParameter>();
        var segments = route.Template.Segments;
        for (var i = 0; i < segments.Count; i++)
        {
            if (segments[i] is not (PathTemplate.One or PathTemplate.Any))
            {
                parts.Add(segments[i]);
                continue;
            }
            var parameter = Parameter(route, i, parameters);
            parameters.Add(parameter);
            parts.Add($"{{{parameter.Name}}}");
        }
        var verb = route.Template.Verb.Length == 0 ? "" : ":" + route.Template.Verb;
        return new OpenApiPath($"/{string.Join('/', parts)}{verb}", parameters);
    }

    private static PathParameter Parameter(RestRoute route, int segment, List<PathParameter> earlier)
    {
        var index = VariableAt(route.Template, segment);
        var field = route.PathFields[index][^1];
        var variable = route.Template.Variables[index];
        var whole = variable.IsSingleSegment;
        var name = whole || segment == 0 ? field.JsonName : Singular(route.Template.Segments[segment - 1]);
        while (earlier.Any(parameter => parameter.Name == name))
        {
            name += "Id";
        }
        var description = whole
            ? ""
            : $"Part of the resource's name, "
                + $"`{string.Join('/', Span(route.Template, variable).Select(part => part is "*" or "**" ? $"{{{name}}}" : part))}`.";
        return new PathParameter(name, description, field, whole);
    }

    private static int VariableAt(PathTemplate template, int segment)
    {
        for (var i = 0; i < template.Variables.Count; i++)
        {
            var variable = template.Variables[i];
            var start = variable.Start < 0 ? template.Segments.Count + variable.Start + 1 : variable.Start;
            var end = variable.End < 0 ? template.Segments.Count + variable.End + 1 : variable.End;
            if (segment >= start && segment < end)
            {
                return i;
            }
        }
        throw new InvalidOperationException($"A wildcard of /{string.Join('/', template.Segments)} sets no field.");
    }

    private static IEnumerable<string> Span(PathTemplate template, PathVariable variable)
    {
        var end = variable.End < 0 ? template.Segments.Count + variable.End + 1 : variable.End;
        return template.Segments.Skip(variable.Start).Take(end - variable.Start);
    }

    private static string Singular(string collection) => collection switch
    {
        [.. var stem, 'i', 'e', 's'] => stem + "y",
        [.. var stem, 's'] => stem,
        _ => collection,
    };
}
