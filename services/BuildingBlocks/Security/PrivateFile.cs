
namespace Governance.BuildingBlocks.Security;

/// <summary>Files that only the process's own user may read.</summary>
internal static class PrivateFile
{
    /// <summary>Writes the file as a whole: a reader sees the old text or the new one.</summary>
    public static void Write(string path, string text)
    {
        var next = path + ".next";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(next, options)) writer.Write(text);
        File.Move(next, path, overwrite: true);
    }
}
