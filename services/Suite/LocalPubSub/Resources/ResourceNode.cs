using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Governance.Suite.LocalPubSub.Resources;

/// <summary>A place in a YAML file that knows its path, so that every fault says where it is. A missing place reads as empty.</summary>
internal sealed class ResourceNode(YamlNode? node, string file, string path, List<string> faults)
{
    public bool Exists => node is not null;

    public string Place => node is null
        ? $"{file}: {path}"
        : string.Create(CultureInfo.InvariantCulture, $"{file}, line {node.Start.Line}: {path}");

    public void Fault(string reason) => faults.Add($"{Place} {reason}");

    public ResourceNode Child(string key) => new(Find(key), file, Join(key), faults);

    public string? Text(string key) => Find(key) switch
    {
        null => null,
        YamlScalarNode scalar => string.IsNullOrEmpty(scalar.Value) ? null : scalar.Value,
        _ => FaultAt(key, "must be a single value"),
    };

    public string Required(string key)
    {
        var text = Text(key);
        if (text is null) FaultAt(key, "is required");
        return text ?? "";
    }

    public string? Scalar() => (node as YamlScalarNode)?.Value;

    public IEnumerable<ResourceNode> Items(string key)
    {
        if (Find(key) is not { } found) return [];
        if (found is YamlSequenceNode list)
        {
            return list.Select((item, index) =>
                new ResourceNode(item, file, string.Create(CultureInfo.InvariantCulture, $"{Join(key)}[{index}]"), faults));
        }
        FaultAt(key, "must be a list");
        return [];
    }

    public IReadOnlyList<string> Texts(string key) => [.. Items(key).Select(item => item.Scalar() ?? "").Where(text => text.Length > 0)];

    public IEnumerable<(string Key, ResourceNode Value)> Entries() => node is YamlMappingNode map
        ? map.Children.Select(pair => (KeyText(pair.Key), new ResourceNode(pair.Value, file, Join(KeyText(pair.Key)), faults)))
        : [];

    private YamlNode? Find(string key) =>
        node is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(key), out var found) ? found : null;

    private string? FaultAt(string key, string reason)
    {
        faults.Add($"{new ResourceNode(Find(key) ?? node, file, Join(key), faults).Place} {reason}");
        return null;
    }

    private string Join(string key) => path.Length == 0 ? key : $"{path}.{key}";

    private static string KeyText(YamlNode key) => (key as YamlScalarNode)?.Value ?? "";
}
