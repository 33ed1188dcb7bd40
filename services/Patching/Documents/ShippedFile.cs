namespace Governance.Patching.Documents;

/// <summary>Data files that are embedded beside the code that reads them.</summary>
internal static class ShippedFile
{
    /// <param name="reader">A type of the folder that holds the file.</param>
    /// <param name="name">The file's name; a folder below is joined by a period.</param>
    public static Stream Open(Type reader, string name) =>
        reader.Assembly.GetManifestResourceStream($"{reader.Namespace}.{name}")
            ?? throw new FileNotFoundException($"{reader.Namespace}.{name} is not embedded in {reader.Assembly.GetName().Name}.");
}
