using System.Text.RegularExpressions;

namespace Governance.Ownership.Imports.Backstage;

/// <summary>What a plain scalar is by the core schema of YAML 1.2 (section 10.3.2), in JSON's words.</summary>
internal static partial class CoreSchema
{
    public const string String = "string";
    public const string Null = "null";

    public static string TypeOf(string plain) => plain switch
    {
        "" or "~" or "null" or "Null" or "NULL" => Null,
        "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => "boolean",
        _ => MayBeNumber(plain[0]) && Number().IsMatch(plain) ? "number" : String,
    };

    private static bool MayBeNumber(char first) => char.IsAsciiDigit(first) || first is '-' or '+' or '.';

    [GeneratedRegex(
        @"^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\z")]
    private static partial Regex Number();
}
