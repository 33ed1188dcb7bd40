using Google.Protobuf;
using Google.Protobuf.Reflection;
using Governance.Common.V1;

namespace Governance.Gateway.OpenApi;

/// <summary>The comments of the contract by full name, from the descriptors that its assembly carries.</summary>
internal sealed class ProtoComments
{
    private const string Resource = "governance.binpb";
    private readonly Dictionary<string, string> _comments = new(StringComparer.Ordinal);

    public ProtoComments()
    {
        using var stream = typeof(PermissionExtensions).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The contract's assembly has no {Resource}.");
        foreach (var file in FileDescriptorSet.Parser.ParseFrom(stream).File)
        {
            foreach (var location in file.SourceCodeInfo.Location)
            {
                if (NameOf(file, location.Path) is { } name)
                {
                    Add(name, location.LeadingComments.Length > 0 ? location.LeadingComments : location.TrailingComments);
                }
            }
        }
    }

    /// <summary>The comment on a message, field, enum, value, service or method; empty when there is none.</summary>
    public string Of(IDescriptor descriptor) => _comments.GetValueOrDefault(descriptor.FullName, "");

    /// <summary>The comment's first sentence, without its full stop.</summary>
    public string SummaryOf(IDescriptor descriptor)
    {
        var text = Of(descriptor);
        var end = text.IndexOf(". ", StringComparison.Ordinal);
        return (end < 0 ? text : text[..end]).TrimEnd('.');
    }

    private void Add(string name, string comment)
    {
        var text = string.Join(' ', comment.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        if (text.Length > 0)
        {
            _comments[name] = text;
        }
    }

    /// <summary>Follows a location's path (field numbers and indices of descriptor.proto) down to the element it names.</summary>
    private static string? NameOf(FileDescriptorProto file, IList<int> path)
    {
        IMessage at = file;
        var name = file.Package;
        for (var i = 0; i + 1 < path.Count; i += 2)
        {
            var element = (at, path[i]) switch
            {
                (FileDescriptorProto root, 4) => root.MessageType[path[i + 1]],
                (FileDescriptorProto root, 5) => root.EnumType[path[i + 1]],
                (FileDescriptorProto root, 6) => root.Service[path[i + 1]],
                (DescriptorProto message, 2) => message.Field[path[i + 1]],
                (DescriptorProto message, 3) => message.NestedType[path[i + 1]],
                (DescriptorProto message, 4) => message.EnumType[path[i + 1]],
                (EnumDescriptorProto enumeration, 2) => enumeration.Value[path[i + 1]],
                (ServiceDescriptorProto service, 2) => service.Method[path[i + 1]],
                _ => (IMessage?)null,
            };
            if (element is null)
            {
                return null;
            }
            at = element;
            name += "." + element.Descriptor.FindFieldByName("name").Accessor.GetValue(element);
        }
        return path.Count is 0 || path.Count % 2 == 1 ? null : name;
    }
}
