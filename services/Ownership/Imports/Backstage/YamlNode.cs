using Governance.Ownership.Imports.Records;
namespace Governance.Ownership.Imports.Backstage;

/// <summary>A value in a document.</summary>
/// <param name="Line">Of its document, from 1.</param>
internal abstract record YamlNode(long Line)
{
    /// <summary>How many values it holds when every alias is written out.</summary>
    public long Weight { get; protected init; } = 1;

    /// <summary>What JSON calls it.</summary>
    public abstract string Type { get; }
}

/// <summary>A text, number, truth value or nothing.</summary>
/// <param name="Line">Of its document.</param>
/// <param name="Value">As it stands there.</param>
/// <param name="IsPlain">Whether it stands there without quotes and tag, so that `1` is a number and `true` a truth value.</param>
internal sealed record YamlScalar(long Line, string Value, bool IsPlain) : YamlNode(Line)
{
    /// <inheritdoc/>
    public override string Type { get; } = IsPlain ? CoreSchema.TypeOf(Value) : CoreSchema.String;

    /// <summary>Whether it is a text.</summary>
    public bool IsString => Type == CoreSchema.String;
}

/// <summary>Values in order.</summary>
internal sealed record YamlList : YamlNode
{
    public YamlList(long line, IReadOnlyList<YamlNode> items)
        : base(line)
    {
        Items = items;
        Weight = 1 + items.Sum(item => item.Weight);
    }

    public IReadOnlyList<YamlNode> Items { get; }

    /// <inheritdoc/>
    public override string Type => "array";
}

/// <summary>Values by name.</summary>
internal sealed record YamlMap : YamlNode
{
    private readonly Dictionary<string, YamlNode> _byKey;

    public YamlMap(long line, Dictionary<string, YamlNode> byKey)
        : base(line)
    {
        _byKey = byKey;
        Weight = 1 + byKey.Values.Sum(value => value.Weight);
    }

    /// <summary>In the order of the document.</summary>
    public IEnumerable<KeyValuePair<string, YamlNode>> Pairs => _byKey;

    /// <inheritdoc/>
    public override string Type => "object";

    public YamlNode? this[string key] => _byKey.GetValueOrDefault(key);

    /// <summary>The map below a key; null where there is none.</summary>
    public YamlMap? Map(string key) => this[key] as YamlMap;

    /// <summary>The text below a key, numbers as they stand there; null where there is none.</summary>
    public string? Text(string key) => this[key] is YamlScalar { Type: not CoreSchema.Null } scalar ? scalar.Value : null;

    /// <summary>The texts below a key: of a list, or what commas separate.</summary>
    public IReadOnlyList<string> Texts(string key) => this[key] switch
    {
        YamlList list => [.. list.Items.OfType<YamlScalar>().Select(item => item.Value)],
        YamlScalar { Type: not CoreSchema.Null } scalar => [.. CatalogWords.Split(scalar.Value)],
        _ => [],
    };
}
