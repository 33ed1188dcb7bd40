using System.Text;

namespace Governance.Ownership.Imports.Codeowners;

/// <summary>Reads a CODEOWNERS file as GitHub defines it. A file over 3 MB is not read at all, as there.</summary>
internal static class CodeownersReader
{
    /// <summary>In bytes.</summary>
    public const int Largest = 3 * 1024 * 1024;

    /// <exception cref="InvalidDataException">It is too large, or not UTF-8.</exception>
    public static async Task<(CodeownersFile File, string Text)> ReadAsync(Stream document, CancellationToken cancel)
    {
        using var content = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (var read = await document.ReadAsync(buffer, cancel); read > 0; read = await document.ReadAsync(buffer, cancel))
        {
            content.Write(buffer, 0, read);
            if (content.Length > Largest) throw new InvalidDataException("The file is over 3 MB, which GitHub does not read.");
        }

        var text = TextOf(content.GetBuffer().AsSpan(0, (int)content.Length));
        return (Parse(text), text);
    }

    /// <summary>Reads text whose size is known to be allowed.</summary>
    public static CodeownersFile Parse(string text)
    {
        var (rules, findings, number) = (new List<CodeownersRule>(), new List<CodeownersFinding>(), 0);
        foreach (var line in text.Split('\n'))
        {
            var (rule, finding) = CodeownersLine.Read(line.TrimEnd('\r'), ++number);
            if (rule is not null) rules.Add(rule);
            if (finding is not null) findings.Add(finding);
        }

        return new CodeownersFile(rules, findings);
    }

    private static string TextOf(ReadOnlySpan<byte> content)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            throw new InvalidDataException("The file is not UTF-8.");
        }
    }
}
