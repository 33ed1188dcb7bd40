using Governance.Testing;
using Shouldly;

namespace Governance.Patching.Tests.Advisories.Csaf;

public class CsafReaderTests
{
    [SharedDataFact(CsafSuite.Archive)]
    public void Read_SuitesDocuments_AreTakenOrRefusedByTheirTest()
    {
        var wrong = new List<string>();
        foreach (var (name, document, test, isValid) in CsafSuite.Cases())
        {
            var result = CsafSuite.Read(document);
            var faults = result.Rejected?.Faults.Select(fault => fault.ToString()).ToList() ?? [];
            if (isValid ? faults.Count > 0 : !faults.Exists(fault => fault.Contains($"{test}: ", StringComparison.Ordinal)))
            {
                wrong.Add($"{name}: {string.Join(" | ", faults)}");
            }
        }

        wrong.ShouldBeEmpty();
    }

    [SharedDataFact(CsafSuite.Archive)]
    public void Read_VendorsExamples_AreTaken()
    {
        var examples = CsafSuite.Files().Where(file => file.Key.StartsWith("examples/csaf/", StringComparison.Ordinal)).ToList();
        examples.Count.ShouldBeGreaterThan(5);
        foreach (var (name, document) in examples)
        {
            CsafSuite.Read(document).Rejected?.Reason.ShouldBeNull(name);
        }
    }
}
