using System.Globalization;

namespace Governance.Suite;

/// <summary>The Suite's data folder, held exclusively while it runs.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly FileStream _held;

    private DataFolder(DirectoryInfo folder, FileStream held)
    {
        _folder = folder;
        _held = held;
    }

    /// <summary>Takes the folder, or says who has it and what clock it wants.</summary>
    /// <exception cref="SuiteFault">Another Suite runs on it, it is a rehearsal, or it cannot be written.</exception>
    public static DataFolder Open(DirectoryInfo folder, DateTimeOffset? clock)
    {
        FileStream held;
        try
        {
            folder.Create();
            held = new FileStream(Path.Combine(folder.FullName, "suite.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new SuiteFault($"{folder.FullName} is in use by another Suite, or cannot be written: {e.Message}");
        }
        catch (UnauthorizedAccessException e)
        {
            throw new SuiteFault($"{folder.FullName} cannot be written: {e.Message}");
        }

        var opened = new DataFolder(folder, held);
        try
        {
            opened.CheckRehearsal(clock);
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>A folder that has no database yet.</summary>
    public bool IsNew => !File.Exists(PathOf("gateway.db"));

    public void Dispose() => _held.Dispose();

    /// <summary>What was rehearsed must never be taken for what happened.</summary>
    private void CheckRehearsal(DateTimeOffset? clock)
    {
        var mark = PathOf("rehearsal");
        if (clock is null && File.Exists(mark))
        {
            throw new SuiteFault(
                $"{_folder.FullName} is a rehearsal (begun with --clock {File.ReadAllText(mark).Trim()}) and starts only with --clock.");
        }

        if (clock is { } start && !File.Exists(mark))
        {
            if (!IsNew)
            {
                throw new SuiteFault($"{_folder.FullName} holds real data; --clock needs a folder of its own.");
            }

            File.WriteAllText(mark, start.ToString("o", CultureInfo.InvariantCulture));
        }
    }
}

/// <summary>The Suite cannot start; the message says why and what helps.</summary>
internal sealed class SuiteFault(string message) : Exception(message);
