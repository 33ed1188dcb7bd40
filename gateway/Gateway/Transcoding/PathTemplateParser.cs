namespace Governance.Gateway.Transcoding;

/// <summary>Recursive descent over: <c>/ segments [: verb]</c>, where a segment is a literal, a wildcard or a variable.</summary>
internal sealed class PathTemplateParser(string text)
{
    private readonly List<string> _segments = [];
    private readonly List<(List<string> Path, int Start, int End)> _variables = [];
    private int _at;

    /// <summary>The template, or null when the text is not one.</summary>
    public PathTemplate? Parse()
    {
        if (text == "/")
        {
            return new PathTemplate([], "", []);
        }
        var verb = "";
        if (!Take('/') || !ParseSegments(insideVariable: false))
        {
            return null;
        }
        if (Take(':') && (verb = Literal()).Length == 0)
        {
            return null;
        }
        return _at == text.Length && WildcardsHold() ? new PathTemplate(_segments, verb, Resolve()) : null;
    }

    private bool ParseSegments(bool insideVariable)
    {
        do
        {
            if (!ParseSegment(insideVariable))
            {
                return false;
            }
        }
        while (Take('/'));
        return true;
    }

    private bool ParseSegment(bool insideVariable)
    {
        if (Take('{'))
        {
            return !insideVariable && ParseVariable();
        }
        if (Take('*'))
        {
            _segments.Add(Take('*') ? PathTemplate.Any : PathTemplate.One);
            return true;
        }
        var literal = Literal();
        _segments.Add(literal);
        return literal.Length > 0;
    }

    private bool ParseVariable()
    {
        var path = new List<string>();
        do
        {
            var name = Identifier();
            if (name.Length == 0)
            {
                return false;
            }
            path.Add(name);
        }
        while (Take('.'));
        var start = _segments.Count;
        if (!Take('='))
        {
            _segments.Add(PathTemplate.One);
        }
        else if (!ParseSegments(insideVariable: true))
        {
            return false;
        }
        _variables.Add((path, start, _segments.Count));
        return Take('}');
    }

    private bool WildcardsHold()
    {
        var deep = _segments.IndexOf(PathTemplate.Any);
        return deep < 0 || _segments.Skip(deep + 1).All(segment => segment is not (PathTemplate.One or PathTemplate.Any));
    }

    private List<PathVariable> Resolve()
    {
        var deep = _segments.IndexOf(PathTemplate.Any);
        int FromEnd(int position, bool behind) => deep >= 0 && behind ? position - _segments.Count - 1 : position;
        return _variables.ConvertAll(variable => new PathVariable(
            variable.Path,
            FromEnd(variable.Start, variable.Start > deep),
            FromEnd(variable.End, variable.End > deep),
            deep >= variable.Start && deep < variable.End));
    }

    private string Literal()
    {
        var start = _at;
        while (_at < text.Length && text[_at] is not ('/' or ':' or '{' or '}' or '*'))
        {
            _at++;
        }
        return text[start.._at];
    }

    private string Identifier()
    {
        var start = _at;
        while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] == '_'))
        {
            _at++;
        }
        return text[start.._at];
    }

    private bool Take(char expected)
    {
        if (_at >= text.Length || text[_at] != expected)
        {
            return false;
        }
        _at++;
        return true;
    }
}
