using System.Globalization;
using System.Text.RegularExpressions;

namespace Governance.BuildingBlocks.Errors;

/// <summary>One wrong field of a request.</summary>
/// <param name="Field">Its path, `booking.planned_start` or `rules[2].due`.</param>
/// <param name="Description">Why it is wrong, and what would be right.</param>
/// <param name="Reason">UPPER_SNAKE_CASE.</param>
public sealed record FieldFault(string Field, string Description, string Reason);

/// <summary>Wrong fields: INVALID_ARGUMENT with a BadRequest that holds all of them.</summary>
/// <param name="faults">All faults, at least one.</param>
public class InvalidRequest(IReadOnlyList<FieldFault> faults)
    : Exception(string.Join(" ", faults.Select(fault => $"{fault.Field}: {fault.Description}")))
{
    /// <summary>All faults.</summary>
    public IReadOnlyList<FieldFault> Faults { get; } = faults;
}

/// <summary>Collects every fault of a request, so that the caller learns of all of them at once.</summary>
public sealed partial class FieldFaults
{
    private readonly List<FieldFault> _faults = [];

    /// <summary>Whether there is any.</summary>
    public bool Any => _faults.Count > 0;

    /// <summary>What was found so far.</summary>
    public IReadOnlyList<FieldFault> All => _faults;

    /// <summary>A single fault, to be thrown at once.</summary>
    public static InvalidRequest Single(string field, string description, string reason = "INVALID") =>
        new([new FieldFault(field, description, reason)]);

    /// <summary>Adds a fault.</summary>
    public FieldFaults Add(string field, string description, string reason = "INVALID")
    {
        _faults.Add(new FieldFault(field, description, reason));
        return this;
    }

    /// <summary>Adds a fault unless <paramref name="holds"/>.</summary>
    public FieldFaults Check(bool holds, string field, string description, string reason = "INVALID") =>
        holds ? this : Add(field, description, reason);

    /// <summary>Adds a fault when the text is empty or blank.</summary>
    public FieldFaults Required(string? value, string field) =>
        Check(!string.IsNullOrWhiteSpace(value), field, "Is required.", "REQUIRED");

    /// <summary>Adds a fault when the message is unset.</summary>
    public FieldFaults Required(object? message, string field) => Check(message is not null, field, "Is required.", "REQUIRED");

    /// <summary>Adds a fault when the text is longer than <paramref name="most"/> characters.</summary>
    public FieldFaults Length(string value, int most, string field) =>
        Check(value.Length <= most, field, $"Has {value.Length} characters; at most {most} are allowed.", "TOO_LONG");

    /// <summary>Adds a fault unless the text is a slug: lower-case letters, digits and hyphens, 3 to 63 characters.</summary>
    public FieldFaults Slug(string value, string field) =>
        Check(
            SlugPattern().IsMatch(value),
            field,
            $"'{value}' is no valid id: 3 to 63 lower-case letters, digits and hyphens, starting with a letter.",
            "INVALID_ID");

    /// <summary>Adds a fault unless the contract has the value; unset is one of its values.</summary>
    /// <param name="value">As the request has it.</param>
    /// <param name="field">Its path.</param>
    /// <param name="says">What is said of another's number: `is no severity.`</param>
    public FieldFaults Kind<TEnum>(TEnum value, string field, string says)
        where TEnum : struct, Enum =>
        Check(Enum.IsDefined(value), field, string.Create(CultureInfo.InvariantCulture, $"{value:D} {says}"), "UNKNOWN_VALUE");

    /// <summary>Adds a fault when the value is unset, or the contract does not have it.</summary>
    /// <param name="value">As the request has it; 0 is unset.</param>
    /// <param name="field">Its path.</param>
    /// <param name="description">What would be right.</param>
    /// <param name="reason">UPPER_SNAKE_CASE.</param>
    public FieldFaults RequiredKind<TEnum>(TEnum value, string field, string description, string reason = "REQUIRED")
        where TEnum : struct, Enum =>
        Check(Enum.IsDefined(value) && !EqualityComparer<TEnum>.Default.Equals(value, default), field, description, reason);

    /// <summary>Runs a parser of one field; what it throws as <see cref="FormatException"/> becomes that field's fault.</summary>
    public T? Parse<T>(string field, Func<T> parse, string reason = "INVALID")
    {
        try
        {
            return parse();
        }
        catch (FormatException fault)
        {
            Add(field, fault.Message, reason);
            return default;
        }
    }

    /// <summary>Throws all faults, if there is any.</summary>
    /// <exception cref="InvalidRequest">There is at least one.</exception>
    public void ThrowIfAny()
    {
        if (Any) throw new InvalidRequest(_faults);
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{1,61}[a-z0-9]$")]
    private static partial Regex SlugPattern();
}
