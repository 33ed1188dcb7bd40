using System.Globalization;
using System.Text;
using Google.Rpc;

namespace Governance.Gateway.Transcoding;

/// <summary>Everything that is wrong with a request's fields, gathered so that the caller hears of all of it at once.</summary>
internal sealed class Faults
{
    private const int Most = 100;
    private readonly List<BadRequest.Types.FieldViolation> _violations = [];
    private readonly List<Segment> _path = [];

    public bool Any => _violations.Count > 0;

    /// <summary>Enters a field.</summary>
    public void Push(string field) => _path.Add(new Segment(field, -1, IsKey: false));

    /// <summary>Enters an element of a list.</summary>
    public void Push(int index) => _path.Add(new Segment("", index, IsKey: false));

    /// <summary>Enters an entry of a map.</summary>
    public void PushKey(string key) => _path.Add(new Segment(key, -1, IsKey: true));

    public void Pop() => _path.RemoveAt(_path.Count - 1);

    /// <summary>Adds a fault of the field that is being read, or of a member of it.</summary>
    public void Add(string reason, string description, string? member = null)
    {
        if (_violations.Count >= Most)
        {
            return;
        }
        _violations.Add(new BadRequest.Types.FieldViolation { Field = PathTo(member), Description = description, Reason = reason });
    }

    /// <summary>The refusal that lists the faults.</summary>
    public RpcFailure ToFailure()
    {
        var first = _violations[0];
        var message = _violations.Count == 1
            ? $"{(first.Field.Length == 0 ? "The body" : first.Field)}: {first.Description}"
            : $"{_violations.Count} fields are wrong: "
                + $"{string.Join("; ", _violations.Take(5).Select(fault => $"{fault.Field}: {fault.Description}"))}";
        var details = new BadRequest();
        details.FieldViolations.AddRange(_violations);
        return new RpcFailure(Grpc.Core.StatusCode.InvalidArgument, message, details);
    }

    private string PathTo(string? member)
    {
        var text = new StringBuilder();
        foreach (var segment in _path)
        {
            segment.AppendTo(text);
        }
        if (member is not null)
        {
            new Segment(member, -1, IsKey: false).AppendTo(text);
        }
        return text.ToString();
    }

    private readonly record struct Segment(string Name, int Index, bool IsKey)
    {
        public void AppendTo(StringBuilder text)
        {
            if (Index >= 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"[{Index}]");
            }
            else if (IsKey)
            {
                text.Append(CultureInfo.InvariantCulture, $"[\"{Name}\"]");
            }
            else
            {
                text.Append(text.Length == 0 ? "" : ".").Append(Name);
            }
        }
    }
}

/// <summary>Reasons of field faults that the gateway finds, as <c>BadRequest.FieldViolation.reason</c> carries them.</summary>
internal static class FaultReason
{
    public const string UnknownField = "UNKNOWN_FIELD";
    public const string DuplicateField = "DUPLICATE_FIELD";
    public const string WrongType = "WRONG_TYPE";
    public const string OutOfRange = "OUT_OF_RANGE";
    public const string InvalidFormat = "INVALID_FORMAT";
    public const string UnknownEnumValue = "UNKNOWN_ENUM_VALUE";
    public const string NullNotAllowed = "NULL_NOT_ALLOWED";
    public const string OneofConflict = "ONEOF_CONFLICT";
    public const string SetByPath = "SET_BY_PATH";
}
