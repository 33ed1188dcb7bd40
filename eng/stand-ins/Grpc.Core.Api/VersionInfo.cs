namespace Grpc.Core;

/// <summary>The version that this assembly is compatible with.</summary>
public static class VersionInfo
{
    /// <summary>The assembly's version, which stays while the interface does.</summary>
    public const string CurrentAssemblyVersion = "2.0.0.0";

    /// <summary>The file's version.</summary>
    public const string CurrentAssemblyFileVersion = "2.85.0.0";

    /// <summary>The release.</summary>
    public const string CurrentVersion = "2.85.0";
}
