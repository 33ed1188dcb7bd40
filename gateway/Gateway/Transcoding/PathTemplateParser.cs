namespace Governance.Gateway.Transcoding;

/// <summary>Recursive descent over: <c>/ segments [: verb]</c>, where a segment is a literal, a wildcard or a variable.</summary>
internal sealed class PathTemplateParser(string text)
{
    private readonly List<string> segments = [];
    private readonly List<(List<string> Path, int Start, int End)> variables = [];
    private int at;

    /// <summary>The template, or null when the text is not one.</summary>
    public PathTemplate? Parse()
    {
        if (text == "/")
            return new PathTemplate([], "", []);
        var verb = "";
        if (!Take('/') || !ParseSegments(insideVariable: false))
            return null;
        if (Take(':') && (verb = Literal()).Length == 0)
            return null;
        return at == text.Length && WildcardsHold() ? new PathTemplate(segments, verb, Resolve()) : null;
    }

    private bool ParseSegments(bool insideVariable)
    {
        do
        {
            if (!ParseSegment(insideVariable))
                return false;
        }
        while (Take('/'));
        return true;
    }

    private bool ParseSegment(bool insideVariable)
    {
        if (Take('{'))
            return !insideVariable && ParseVariable();
        if (Take('*'))
        {
            segments.Add(Take('*') ? PathTemplate.Any : PathTemplate.One);
            return true;
        }
        var literal = Literal();
        segments.Add(literal);
        return literal.Length > 0;
    }

    private bool ParseVariable()
    {
        var path = new List<string>();
        do
        {
            var name = Identifier();
            if (name.Length == 0)
                return false;
            path.Add(name);
        }
        while (Take('.'));
        var start = segments.Count;
        if (!Take('='))
            segments.Add(PathTemplate.One);
        else if (!ParseSegments(insideVariable: true))
            return false;
        variables.Add((path, start, segments.Count));
        return Take('}');
    }

    private bool WildcardsHold()
    {
        var deep = segments.IndexOf(PathTemplate.Any);
        return deep < 0 || segments.Skip(deep + 1).All(segment => segment is not (PathTemplate.One or PathTemplate.Any));
    }

    private List<PathVariable> Resolve()
    {
        var deep = segments.IndexOf(PathTemplate.Any);
        int FromEnd(int position, bool behind) => deep >= 0 && behind ? position - segments.Count - 1 : position;
        return variables.ConvertAll(variable => new PathVariable(
            variable.Path,
            FromEnd(variable.Start, variable.Start > deep),
            FromEnd(variable.End, variable.End > deep),
            deep >= variable.Start && deep < variable.End));
    }

    private string Literal()
    {
        var start = at;
        while (at < text.Length && text[at] is not ('/' or ':' or '{' or '}' or '*'))
            at++;
        return text[start..at];
    }

    private string Identifier()
    {
        var start = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_'))
            at++;
        return text[start..at];
    }

    private bool Take(char expected)
    {
        if (at >= text.Length || text[at] != expected)
            return false;
        at++;
        return true;
    }
}
