using System.Collections.Concurrent;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Governance.BuildingBlocks.Fields;

/// <summary>The fields that the AIPs give one meaning in every request that has them.</summary>
internal sealed class RequestFields
{
    private static readonly ConcurrentDictionary<MessageDescriptor, RequestFields> Known = new();
    private readonly FieldDescriptor? _requestId;
    private readonly FieldDescriptor? _validateOnly;
    private readonly FieldDescriptor? _reason;

    private RequestFields(MessageDescriptor request)
    {
        _requestId = Find(request, "request_id", FieldType.String);
        _validateOnly = Find(request, "validate_only", FieldType.Bool);
        _reason = Find(request, "reason", FieldType.String);
    }

    public static RequestFields Of(MessageDescriptor request) => Known.GetOrAdd(request, descriptor => new RequestFields(descriptor));

    public string RequestId(IMessage request) => (string?)_requestId?.Accessor.GetValue(request) ?? "";

    public bool ValidateOnly(IMessage request) => _validateOnly is not null && (bool)_validateOnly.Accessor.GetValue(request);

    public string Reason(IMessage request) => (string?)_reason?.Accessor.GetValue(request) ?? "";

    private static FieldDescriptor? Find(MessageDescriptor request, string name, FieldType type) =>
        request.FindFieldByName(name) is { } field && field.FieldType == type && !field.IsRepeated ? field : null;
}
