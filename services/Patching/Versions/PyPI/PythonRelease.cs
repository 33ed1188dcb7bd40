namespace Governance.Patching.Versions.PyPI;

/// <summary>A PEP 440 version in its parts.</summary>
/// <param name="Epoch">Zero where none is given.</param>
/// <param name="Numbers">The release's numbers.</param>
/// <param name="Pre">The prerelease: <c>a</c>, <c>b</c> or <c>rc</c> and its number; null where it is none.</param>
/// <param name="Post">The post-release's number; null where it is none.</param>
/// <param name="Dev">The development release's number; null where it is none.</param>
/// <param name="Local">The parts of the local version, lower case; empty where there is none.</param>
internal sealed record PythonRelease(
    Numeral Epoch,
    IReadOnlyList<Numeral> Numbers,
    (string Phase, Numeral Number)? Pre,
    Numeral? Post,
    Numeral? Dev,
    IReadOnlyList<PythonRelease.LocalPart> Local)
    : IComparable<PythonRelease>
{
    public bool IsPrerelease => Pre is not null || Dev is not null;

    public bool IsPostRelease => Post is not null;

    /// <summary>The version as others see it: without its local part.</summary>
    public PythonRelease Public => Local.Count == 0 ? this : this with { Local = [] };

    public int CompareTo(PythonRelease? other)
    {
        if (other is null)
        {
            return 1;
        }
        var order = CompareBase(other);
        if (order == 0)
        {
            order = ComparePhase(other);
        }
        if (order == 0)
        {
            order = Nullable.Compare(Post, other.Post);
        }
        if (order == 0)
        {
            order = CompareDev(other);
        }
        return order != 0 ? order : CompareLocal(other);
    }

    /// <summary>Compares epochs and release numbers alone, a missing number being zero.</summary>
    public int CompareBase(PythonRelease other)
    {
        var order = Epoch.CompareTo(other.Epoch);
        for (var i = 0; order == 0 && (i < Numbers.Count || i < other.Numbers.Count); i++)
        {
            order = NumberAt(i).CompareTo(other.NumberAt(i));
        }
        return order;
    }

    /// <summary>Whether epoch and first release numbers are another's, a missing number being zero.</summary>
    public bool StartsWith(PythonRelease prefix, int count)
    {
        if (Epoch.CompareTo(prefix.Epoch) != 0)
        {
            return false;
        }
        for (var i = 0; i < count; i++)
        {
            if (NumberAt(i).CompareTo(prefix.NumberAt(i)) != 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The normal spelling.</summary>
    public override string ToString() => string.Concat(
        Epoch.IsZero ? "" : $"{Epoch}!", string.Join('.', Numbers), Pre is var (phase, number) ? $"{phase}{number}" : "",
        Post is { } post ? $".post{post}" : "", Dev is { } dev ? $".dev{dev}" : "", Local.Count > 0 ? "+" + string.Join('.', Local) : "");

    private Numeral NumberAt(int place) => place < Numbers.Count ? Numbers[place] : default;

    /// <summary>A development release of a final release comes before its prereleases, the final release after them.</summary>
    private int ComparePhase(PythonRelease other)
    {
        if (Pre is var (phase, number) && other.Pre is var (otherPhase, otherNumber))
        {
            return string.CompareOrdinal(phase, otherPhase) is var order and not 0 ? order : number.CompareTo(otherNumber);
        }
        return PhaseOrder.CompareTo(other.PhaseOrder);
    }

    private int PhaseOrder => Pre is not null ? 0 : Post is null && Dev is not null ? -1 : 1;

    private int CompareDev(PythonRelease other) =>
        Dev is { } left && other.Dev is { } right ? left.CompareTo(right) : (Dev is null).CompareTo(other.Dev is null);

    private int CompareLocal(PythonRelease other)
    {
        for (var i = 0; i < Local.Count && i < other.Local.Count; i++)
        {
            var order = Local[i].CompareTo(other.Local[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return Local.Count.CompareTo(other.Local.Count);
    }

    /// <summary>Words come before numbers.</summary>
    internal readonly record struct LocalPart(string? Word, Numeral Number) : IComparable<LocalPart>
    {
        public int CompareTo(LocalPart other)
        {
            if (Word is not null && other.Word is not null)
            {
                return string.CompareOrdinal(Word, other.Word);
            }
            return Word is not null ? -1 : other.Word is not null ? 1 : Number.CompareTo(other.Number);
        }

        public override string ToString() => Word ?? Number.ToString();
    }
}
