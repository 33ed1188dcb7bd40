using Governance.Ownership.Imports;
using Governance.Ownership.V1;

namespace Governance.Suite;

/// <summary>
/// The catalogue that `--components` names. It is looked through before anything starts: a Suite does not start with half of it.
/// </summary>
internal sealed class ComponentsFile
{
    private readonly FileInfo _file;
    private readonly ImportCatalogRequest.Types.Format _format;

    private ComponentsFile(FileInfo file, ImportCatalogRequest.Types.Format format)
    {
        _file = file;
        _format = format;
    }

    /// <exception cref="SuiteFault">Something in it is wrong; all faults are named with their place.</exception>
    public static async Task<ComponentsFile> OpenAsync(FileInfo file, CancellationToken ct)
    {
        var format =
            CatalogFile.FormatOf(file.Name) ?? throw new SuiteFault($"{file.FullName}: '{file.Extension}' is neither .yaml, .yml nor .csv");
        await using var content = file.OpenRead();
        var faults = await CatalogFile.FaultsAsync(content, format, ct);
        return faults.Count == 0 ? new ComponentsFile(file, format) : throw new SuiteFault(string.Join(Environment.NewLine, faults));
    }

    /// <summary>Imports it; the file's name is the source. What belongs to others is left alone and said.</summary>
    public async Task ImportAsync(SuiteHost suite, CancellationToken ct)
    {
        await using var content = _file.OpenRead();
        var answer = await suite.TakeAsync(content, _format, _file.Name, ct);
        foreach (var refused in answer.Rejected)
        {
            Console.Error.WriteLine($"components: {refused.Position}: {refused.Reason}");
        }
    }
}
