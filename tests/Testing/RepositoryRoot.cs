namespace Governance.Testing;

/// <summary>Where the sources of this build are: the folder that holds <c>Governance.sln</c>.</summary>
public static class RepositoryRoot
{
    private static readonly Lazy<string> Found = new(Find);

    /// <summary>The absolute path of <paramref name="parts"/> below the root.</summary>
    public static string Path(params string[] parts) => System.IO.Path.Combine([Found.Value, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Governance.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No Governance.sln in any folder above {AppContext.BaseDirectory}.");
    }
}
