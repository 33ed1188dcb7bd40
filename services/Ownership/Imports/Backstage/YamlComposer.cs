using Governance.Ownership.Imports.Records;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Governance.Ownership.Imports.Backstage;

/// <summary>What is wrong with a document as YAML.</summary>
/// <param name="line">Of the document, from 1.</param>
/// <param name="message">What is wrong.</param>
internal sealed class YamlFault(long line, string message) : Exception(message)
{
    public long Line { get; } = line;
}

/// <summary>
/// Builds one document's values out of the parser's events. Aliases share what they name, so that a document of aliases of aliases takes
/// no memory; it is refused all the same once it would be larger than any honest one when written out.
/// </summary>
internal sealed class YamlComposer
{
    private const int Deepest = 64;
    private const int Heaviest = 500_000;

    private readonly Parser _parser;
    private readonly Dictionary<string, YamlNode> _anchors = new(StringComparer.Ordinal);

    private YamlComposer(TextReader text) => _parser = new Parser(text);

    /// <returns>Null for a document without content.</returns>
    /// <exception cref="YamlFault">It is no YAML, or not what we read.</exception>
    public static YamlNode? Read(string document)
    {
        try
        {
            using var text = new StringReader(document);
            return new YamlComposer(text).Document();
        }
        catch (YamlException fault)
        {
            throw new YamlFault(fault.Start.Line, fault.Message);
        }
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            throw new YamlFault(1, $"the document cannot be read: {fault.Message}");
        }
    }

    private YamlNode? Document()
    {
        Next();
        if (Next() is StreamEnd) return null;
        var root = Node(Next(), 0);
        Next();
        if (Next() is not StreamEnd and var more) throw new YamlFault(more.Start.Line, "a second document begins without a line '---'");
        return root is YamlScalar { Type: CoreSchema.Null } ? null : root;
    }

    private ParsingEvent Next() => _parser.MoveNext() ? _parser.Current! : throw new YamlFault(1, "the document ends too early");

    private YamlNode Node(ParsingEvent start, int depth)
    {
        if (depth > Deepest) throw new YamlFault(start.Start.Line, $"values are nested deeper than {Deepest} levels");
        var node = start switch
        {
            AnchorAlias alias => Named(alias),
            Scalar scalar => new YamlScalar(scalar.Start.Line, scalar.Value, scalar.IsPlainImplicit && scalar.Style == ScalarStyle.Plain),
            SequenceStart => List(start, depth),
            MappingStart => Map(start, depth),
            _ => throw new YamlFault(start.Start.Line, "a value is missing"),
        };
        if (node.Weight > Heaviest)
        {
            throw new YamlFault(start.Start.Line, $"with its aliases written out, the document holds more than {Heaviest} values");
        }
        if (start is NodeEvent { Anchor.IsEmpty: false } anchored) _anchors[anchored.Anchor.Value] = node;
        return node;
    }

    private YamlNode Named(AnchorAlias alias) => _anchors.GetValueOrDefault(alias.Value.Value)
        ?? throw new YamlFault(alias.Start.Line, $"there is no anchor '{CatalogWords.Short(alias.Value.Value)}' before its alias");

    private YamlList List(ParsingEvent start, int depth)
    {
        var items = new List<YamlNode>();
        for (var next = Next(); next is not SequenceEnd; next = Next()) items.Add(Node(next, depth + 1));
        return new YamlList(start.Start.Line, items);
    }

    private YamlMap Map(ParsingEvent start, int depth)
    {
        var byKey = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        for (var next = Next(); next is not MappingEnd; next = Next())
        {
            var line = next.Start.Line;
            if (Node(next, depth + 1) is not YamlScalar { Value: var key }) throw new YamlFault(line, "a key is no text");
            if (!byKey.TryAdd(key, Node(Next(), depth + 1)))
            {
                throw new YamlFault(line, $"the key '{CatalogWords.Short(key)}' stands there twice");
            }
        }

        return new YamlMap(start.Start.Line, byKey);
    }
}
