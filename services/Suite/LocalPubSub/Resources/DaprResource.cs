using System.Reflection;

namespace Governance.Suite.LocalPubSub.Resources;

/// <summary>One YAML file as Dapr reads it; <paramref name="Name"/> is what faults call it.</summary>
internal sealed record DaprResource(string Name, string Yaml)
{
    private const string EmbeddedPrefix = "dapr/";

    /// <summary>All <c>*.yaml</c> files directly in the folders, in order of name.</summary>
    public static IReadOnlyList<DaprResource> FromFolders(params string[] folders) =>
    [
        .. folders
            .SelectMany(folder => Directory.GetFiles(folder, "*.yaml"))
            .Order(StringComparer.Ordinal)
            .Select(path => new DaprResource(Path.GetFileName(path), File.ReadAllText(path))),
    ];

    /// <summary>The files of <c>dapr-components</c> that were built into this program, so that it runs from any folder.</summary>
    public static IReadOnlyList<DaprResource> Embedded()
    {
        var assembly = typeof(DaprResource).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(EmbeddedPrefix, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(name => new DaprResource(name[EmbeddedPrefix.Length..], Text(assembly, name))),
        ];
    }

    private static string Text(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
