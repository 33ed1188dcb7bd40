namespace Governance.Patching.Advisories.Cvss;

/// <summary>One metric of a vector.</summary>
/// <param name="Name">Its abbreviation.</param>
/// <param name="Values">What it may be; the first letters of them differ.</param>
internal sealed record CvssMetric(string Name, string[] Values);

/// <summary>The metrics of a version in the order of its specification's table; the mandatory ones come first.</summary>
internal sealed class CvssGrammar
{
    private CvssGrammar(int mandatory, bool isOrdered, string metrics)
    {
        Mandatory = mandatory;
        IsOrdered = isOrdered;
        Metrics = [.. metrics.Split(' ').Select(Metric)];
    }

    /// <summary>3.0 and 3.1: any order (https://www.first.org/cvss/v3.1/specification-document §6).</summary>
    public static CvssGrammar V3 { get; } = new(
        8, false,
        "AV:NALP AC:LH PR:NLH UI:NR S:UC C:HLN I:HLN A:HLN " +
        "E:XHFPU RL:XUWTO RC:XCRU " +
        "CR:XHML IR:XHML AR:XHML MAV:XNALP MAC:XLH MPR:XNLH MUI:XNR MS:XUC MC:XHLN MI:XHLN MA:XHLN");

    /// <summary>4.0: in the order of Table 23 and in no other (https://www.first.org/cvss/v4.0/specification-document §7).</summary>
    public static CvssGrammar V4 { get; } = new(
        11, true,
        "AV:NALP AC:LH AT:NP PR:NLH UI:NPA VC:HLN VI:HLN VA:HLN SC:HLN SI:HLN SA:HLN " +
        "E:XAPU " +
        "CR:XHML IR:XHML AR:XHML MAV:XNALP MAC:XLH MAT:XNP MPR:XNLH MUI:XNPA MVC:XHLN MVI:XHLN MVA:XHLN MSC:XHLN MSI:XSHLN MSA:XSHLN " +
        "S:XNP AU:XNY R:XAUI V:XDC RE:XLMH U:X,Clear,Green,Amber,Red");

    /// <summary>How many of them every vector must have.</summary>
    public int Mandatory { get; }

    public bool IsOrdered { get; }

    public CvssMetric[] Metrics { get; }

    /// <summary>The metric's place; -1 where there is none of that name. Looks on from a place, as vectors mostly keep the order.</summary>
    public int Find(ReadOnlySpan<char> name, int from)
    {
        for (var step = 0; step < Metrics.Length; step++)
        {
            var at = (from + step) % Metrics.Length;
            if (name.SequenceEqual(Metrics[at].Name)) return at;
        }

        return -1;
    }

    private static CvssMetric Metric(string text)
    {
        var (name, values) = (text.Split(':')[0], text.Split(':')[1]);
        return new CvssMetric(
            name, values.Contains(',', StringComparison.Ordinal) ? values.Split(',') : [.. values.Select(value => value.ToString())]);
    }
}
