namespace Governance.Patching.Advisories.Cvss;

/// <summary>The versions that are scored.</summary>
internal enum CvssVersion
{
    V30,
    V31,
    V40,
}

/// <summary>Why a text is no vector.</summary>
/// <param name="Reason">UPPER_SNAKE_CASE.</param>
/// <param name="Description">Names the metric.</param>
internal sealed record CvssFault(string Reason, string Description);

/// <summary>A well-formed vector of CVSS 3.0, 3.1 or 4.0.</summary>
internal sealed class CvssVector
{
    private const int PrefixLength = 9;

    private readonly char[] _values;

    private CvssVector(string text, CvssVersion version)
    {
        Text = text;
        Version = version;
        _values = new char[GrammarOf(version).Metrics.Length];
    }

    public string Text { get; }

    public CvssVersion Version { get; }

    /// <summary>Its metrics and their values, in its own order.</summary>
    public IEnumerable<(string Name, string Value)> Metrics =>
        Text[PrefixLength..].Split('/').Select(metric => metric.Split(':')).Select(parts => (parts[0], parts[1]));

    /// <summary>The first letter of a metric's value; X (not defined) also where the vector leaves it out.</summary>
    public char this[int metric] => _values[metric] == '\0' ? 'X' : _values[metric];

    /// <summary>Whether the vector names one of these metrics, be it as not defined.</summary>
    public bool Names(Range metrics) => _values.AsSpan(metrics).ContainsAnyExcept('\0');

    /// <summary>Whether one of these metrics has a value other than not defined.</summary>
    public bool Defines(Range metrics) => _values.AsSpan(metrics).ContainsAnyExcept('\0', 'X');

    /// <summary>The vector, or null and the first thing that is wrong with the text.</summary>
    public static CvssVector? Read(string text, out CvssFault? fault)
    {
        if (VersionOf(text) is not { } version)
        {
            fault = CvssFaults.Prefix(text);
            return null;
        }

        var vector = new CvssVector(text, version);
        fault = vector.Take(GrammarOf(version));
        return fault is null ? vector : null;
    }

    private static CvssVersion? VersionOf(string text) => text.AsSpan(0, Math.Min(PrefixLength, text.Length)) switch
    {
        "CVSS:3.1/" => CvssVersion.V31,
        "CVSS:3.0/" => CvssVersion.V30,
        "CVSS:4.0/" => CvssVersion.V40,
        _ => null,
    };

    private static CvssGrammar GrammarOf(CvssVersion version) => version == CvssVersion.V40 ? CvssGrammar.V4 : CvssGrammar.V3;

    private CvssFault? Take(CvssGrammar grammar)
    {
        var metrics = Text.AsSpan(PrefixLength);
        var next = 0;
        foreach (var part in metrics.Split('/'))
        {
            if (Take(metrics[part], grammar, ref next) is { } fault) return fault;
        }

        return _values.AsSpan(0, grammar.Mandatory).Contains('\0') ? CvssFaults.Missing(grammar, _values) : null;
    }

    /// <param name="metric">As <c>AV:N</c>.</param>
    /// <param name="grammar">What may stand there.</param>
    /// <param name="next">The place after the metric before.</param>
    private CvssFault? Take(ReadOnlySpan<char> metric, CvssGrammar grammar, ref int next)
    {
        var colon = metric.IndexOf(':');
        if (colon <= 0) return CvssFaults.NoMetric(metric, Version);
        var at = grammar.Find(metric[..colon], next);
        if (at < 0) return CvssFaults.Unknown(metric[..colon], grammar, Version);
        if (_values[at] != '\0') return CvssFaults.Twice(grammar.Metrics[at]);
        if (grammar.IsOrdered && at < next) return CvssFaults.Order(grammar.Metrics[at], grammar.Metrics[next - 1]);
        foreach (var value in grammar.Metrics[at].Values)
        {
            if (!metric[(colon + 1)..].SequenceEqual(value)) continue;
            (_values[at], next) = (value[0], at + 1);
            return null;
        }

        return CvssFaults.Value(metric[(colon + 1)..], grammar.Metrics[at]);
    }
}
