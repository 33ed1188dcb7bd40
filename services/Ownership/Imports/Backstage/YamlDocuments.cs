using System.Runtime.CompilerServices;
using System.Text;
using Governance.BuildingBlocks.Documents;

namespace Governance.Ownership.Imports.Backstage;

/// <summary>One document of a stream of YAML documents.</summary>
/// <param name="Index">From 0; documents without content do not count.</param>
/// <param name="FirstLine">The line of the stream on which its text begins, from 1.</param>
/// <param name="Text">Its text; null when it cannot be read.</param>
/// <param name="Fault">Why it cannot be read.</param>
internal sealed record YamlText(int Index, long FirstLine, string? Text, string? Fault)
{
    /// <summary>Where a line of it is, for people.</summary>
    /// <param name="line">Of its own text, from 1.</param>
    public string Position(long line) => $"line {FirstLine + line - 1}, document {Index}";
}

/// <summary>
/// Cuts a stream at its `---` lines, which YAML allows nowhere else at the beginning of a line: each document is parsed by itself, so
/// that a broken one does not take the others with it, and no more than one is held.
/// </summary>
internal static class YamlDocuments
{
    /// <summary>In characters; API definitions stand in the document.</summary>
    public const int Largest = 8 * 1024 * 1024;

    public static async IAsyncEnumerable<YamlText> SplitAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancel)
    {
        var document = new Gathering(0, 1);
        await foreach (var line in LineStream.ReadAsync(stream, Largest, cancel))
        {
            if (IsMark(line.Text, "---") && !document.IsPreamble)
            {
                if (document.HasContent) yield return document.Finish();
                document = new Gathering(document.Next, line.Number);
            }

            document.Add(line);
            if (!IsMark(line.Text, "...")) continue;
            if (document.HasContent) yield return document.Finish();
            document = new Gathering(document.Next, line.Number + 1);
        }

        if (document.HasContent) yield return document.Finish();
    }

    private static bool IsMark(string? line, string mark) =>
        line is not null && line.StartsWith(mark, StringComparison.Ordinal) && (line.Length == 3 || line[3] is ' ' or '\t');

    private sealed class Gathering(int index, long firstLine)
    {
        private readonly StringBuilder _text = new();
        private string? _fault;
        private bool _hasDirective;

        public bool HasContent { get; private set; }

        /// <summary>Whether only directives and comments stand there so far: the mark that follows begins their document.</summary>
        public bool IsPreamble => _hasDirective && !HasContent;

        public int Next => HasContent ? index + 1 : index;

        public void Add(TextLine line)
        {
            if (line.Text is not { } text) _fault ??= $"line {line.Number} is longer than {Largest / 1024 / 1024} MB, or not UTF-8";
            else if (_text.Length + text.Length > Largest) _fault ??= $"the document is longer than {Largest / 1024 / 1024} MB";
            if (_fault is not null) _text.Clear();
            else _text.Append(line.Text).Append('\n');
            Look(line.Text);
        }

        public YamlText Finish() => new(index, firstLine, _fault is null ? _text.ToString() : null, _fault);

        private void Look(string? text)
        {
            if (HasContent) return;
            var bare = text is not null && (IsMark(text, "---") || IsMark(text, "...")) ? text[3..].Trim() : text?.Trim();
            if (bare is { Length: > 0 } && bare[0] == '%') _hasDirective = true;
            else HasContent = bare is null || (bare.Length > 0 && bare[0] != '#');
        }
    }
}
