using System.Text;

namespace Governance.Gateway.Transcoding;

/// <summary>Fields that come as text from the path and the query, written to the wire behind each other: protobuf merges them.</summary>
internal sealed class QueryReader(WireBuffer wire, Faults faults)
{
    private readonly HashSet<string> _given = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Parent, int Oneof), string> _oneofs = [];

    /// <summary>Writes the fields that the path sets; call it last, so that they win over the body's.</summary>
    public void ReadPath(PathMatch<RestRoute> match)
    {
        var route = match.Route;
        for (var i = 0; i < route.PathFields.Count; i++)
        {
            var name = string.Join('.', route.PathFields[i].Select(field => field.Name));
            try
            {
                WriteChain(route.PathFields[i], match.Value(match.Template.Variables[i]), name);
            }
            catch (FormatException malformed)
            {
                Add(FaultReason.InvalidFormat, malformed.Message, name);
            }
        }
    }

    /// <summary>Writes the fields of a query such as <c>pageSize=10&amp;filter.kind=RELEASE</c>.</summary>
    /// <returns>Whether the named top-level field was among them.</returns>
    public bool ReadQuery(ReadOnlySpan<char> query, RestRoute route, FieldShape? watched)
    {
        var seen = false;
        query = query.TrimStart('?');
        foreach (var range in query.Split('&'))
        {
            var pair = query[range];
            if (pair.Length == 0)
            {
                continue;
            }
            var equals = pair.IndexOf('=');
            var name = "";
            try
            {
                name = Unescape(equals < 0 ? pair : pair[..equals]);
                var top = ReadParameter(name, equals < 0 ? "" : Unescape(pair[(equals + 1)..]), route);
                seen |= top is not null && top == watched;
            }
            catch (FormatException malformed)
            {
                Add(FaultReason.InvalidFormat, malformed.Message, name);
            }
        }
        return seen;
    }

    private FieldShape? ReadParameter(string name, string value, RestRoute route)
    {
        var chain = Resolve(name, route);
        if (chain is null)
        {
            return null;
        }
        var path = string.Join('.', chain.Select(field => field.Name));
        if (route.PathNames.Contains(path))
        {
            Add(FaultReason.SetByPath, "is set by the path and cannot be given as a query parameter.", name);
        }
        else if (route.WholeBody)
        {
            Add(FaultReason.UnknownField, "this call takes all its fields from the JSON body; query parameters are not read.", name);
        }
        else if (route.BodyField == chain[0])
        {
            Add(FaultReason.UnknownField, "is the body of this call and cannot be given as a query parameter.", name);
        }
        else if (!chain[^1].IsRepeated && !_given.Add(path))
        {
            Add(FaultReason.DuplicateField, "given more than once.", name);
        }
        else if (OneofHolds(chain, path, name))
        {
            WriteChain(chain, value, name);
        }
        return chain[0];
    }

    private List<FieldShape>? Resolve(string name, RestRoute route)
    {
        var chain = new List<FieldShape>();
        var shape = route.Rpc.Request;
        foreach (var part in name.Split('.'))
        {
            if (chain.Count > 0 && (!chain[^1].IsMessage || chain[^1].IsRepeated || chain[^1].Message.WellKnown is not WellKnownType.None))
            {
                Add(FaultReason.UnknownField, $"{chain[^1].JsonName} has no fields that a query parameter can set.", name);
                return null;
            }
            shape = chain.Count == 0 ? shape : chain[^1].Message;
            if (shape.ByName(part) is not { } field)
            {
                Add(FaultReason.UnknownField, $"no such query parameter; this call takes {Choices(route)}.", name);
                return null;
            }
            chain.Add(field);
        }
        return chain;
    }

    private bool OneofHolds(List<FieldShape> chain, string path, string name)
    {
        var oneof = chain[^1].OneofIndex;
        var parent = path[..Math.Max(0, path.LastIndexOf('.'))];
        if (oneof < 0 || _oneofs.TryAdd((parent, oneof), name) || _oneofs[(parent, oneof)] == name)
        {
            return true;
        }
        Add(FaultReason.OneofConflict, $"cannot be given together with {_oneofs[(parent, oneof)]}.", name);
        return false;
    }

    private void WriteChain(IReadOnlyList<FieldShape> chain, string value, string name)
    {
        Span<int> starts = stackalloc int[chain.Count];
        var position = wire.Position;
        for (var i = 0; i < chain.Count - 1; i++)
        {
            wire.Tag(chain[i].Tag);
            starts[i] = wire.BeginNested();
        }
        if (WriteLeaf(chain[^1], value) is { } fault)
        {
            wire.Truncate(position);
            Add(fault.Reason, fault.Description, name);
            return;
        }
        for (var i = chain.Count - 2; i >= 0; i--)
        {
            wire.EndNested(starts[i]);
        }
    }

    private ScalarFault? WriteLeaf(FieldShape field, string value)
    {
        wire.Tag(field.Tag);
        if (!field.IsMessage)
        {
            return ScalarText.Write(wire, field, value);
        }
        var start = wire.BeginNested();
        var fault = WriteMessage(field, value);
        wire.EndNested(start);
        return fault;
    }

    private ScalarFault? WriteMessage(FieldShape field, string value)
    {
        switch (field.IsMap ? WellKnownType.None : field.Message.WellKnown)
        {
            case WellKnownType.Wrapper:
                wire.Tag(field.Message.Fields[0].Tag);
                return ScalarText.Write(wire, field.Message.Fields[0], value);
            case WellKnownType.Timestamp:
                return WellKnownText.Write(wire, WellKnownType.Timestamp, value.Replace(' ', '+'));
            case WellKnownType.Duration or WellKnownType.FieldMask:
                return WellKnownText.Write(wire, field.Message.WellKnown, value);
            default:
                var hint = field.IsMap || field.IsRepeated || field.Message.Fields.Count == 0
                    ? "it cannot be given as a query parameter."
                    : $"give its fields one by one, {field.JsonName}.{field.Message.Fields[0].JsonName}=….";
                return new ScalarFault(FaultReason.WrongType, $"is an object; {hint}");
        }
    }

    private void Add(string reason, string description, string name)
    {
        foreach (var part in name.Split('.'))
        {
            faults.Push(part);
        }
        faults.Add(reason, description);
        foreach (var _ in name.Split('.'))
        {
            faults.Pop();
        }
    }

    private static string Choices(RestRoute route)
    {
        var free = route.WholeBody
            ? []
            : route.Rpc.Request.Fields.Where(field => field != route.BodyField && !route.PathNames.Contains(field.Name))
                .Select(field => field.JsonName).ToArray();
        return free.Length == 0 ? "none" : string.Join(", ", free);
    }

    private static string Unescape(ReadOnlySpan<char> text) =>
        PathText.Decode(text.Contains('+') ? new StringBuilder().Append(text).Replace('+', ' ').ToString() : text, keepReserved: false);
}
