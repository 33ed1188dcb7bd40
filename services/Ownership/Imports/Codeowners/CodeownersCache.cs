using Governance.Ownership.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Governance.Ownership.Imports.Codeowners;

/// <summary>Holds the compiled files that were asked for last; a file that changes has another digest.</summary>
internal sealed class CodeownersCache
{
    private const int Most = 50;
    private readonly Lock _turn = new();
    private readonly LinkedList<(string Digest, CodeownersFile File)> _files = new();

    /// <summary>The component's file; null when none was imported.</summary>
    public async Task<CodeownersFile?> FindAsync(OwnershipDb db, string component, CancellationToken ct)
    {
        var digest = await db.Codeowners.Where(row => row.Component == component).Select(row => row.Digest).SingleOrDefaultAsync(ct);
        if (digest is null) return null;
        if (Find(digest) is { } held) return held;
        var row = await db.Codeowners.AsNoTracking().SingleAsync(row => row.Component == component, ct);
        var file = CodeownersReader.Parse(row.Text);
        Hold(row.Digest, file);
        return file;
    }

    private CodeownersFile? Find(string digest)
    {
        lock (_turn)
        {
            for (var node = _files.First; node is not null; node = node.Next)
            {
                if (node.Value.Digest != digest) continue;
                _files.Remove(node);
                _files.AddFirst(node);
                return node.Value.File;
            }

            return null;
        }
    }

    private void Hold(string digest, CodeownersFile file)
    {
        lock (_turn)
        {
            _files.AddFirst((digest, file));
            if (_files.Count > Most) _files.RemoveLast();
        }
    }
}
