using System.Diagnostics.CodeAnalysis;

namespace Governance.Patching.Versions.Composer;

/// <summary>A Composer version constraint: any one of its groups, all of whose comparisons a version meets.</summary>
internal sealed class ComposerConstraint : IVersionRange
{
    private readonly IReadOnlyList<IReadOnlyList<Comparison>> _groups;

    private ComposerConstraint(IReadOnlyList<IReadOnlyList<Comparison>> groups) => _groups = groups;

    /// <summary>False for what Composer itself refuses.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ComposerConstraint? constraint)
    {
        constraint = null;
        if (string.IsNullOrWhiteSpace(text))
        {
            return false;
        }
        var groups = new List<IReadOnlyList<Comparison>>();
        foreach (var alternative in ComposerConstraintParser.Alternatives(text))
        {
            if (!ComposerConstraintParser.TryParseGroup(alternative, out var group))
            {
                return false;
            }
            groups.Add(group);
        }

        constraint = new ComposerConstraint(groups);
        return true;
    }

    /// <param name="version">A version that Composer accepts.</param>
    public bool Contains(ComposerVersion version) => _groups.Any(group => group.All(comparison => comparison.Allows(version)));

    Decision IVersionRange.Contains(PackageVersion version) =>
        version is not ComposerVersion { Normalized: not null } normal ? Decision.CannotDecide : Contains(normal)
            ? Decision.Yes
            : Decision.No;

    /// <summary>One comparison; an empty list of them allows every version.</summary>
    internal sealed record Comparison(string Operator, ComposerVersion Bound)
    {
        public static Comparison Of(string op, string normalized) =>
            new(op.Length == 0 ? "=" : op, ComposerVersion.FromNormalized(normalized));

        public bool Allows(ComposerVersion version)
        {
            if (version.IsBranch || Bound.IsBranch)
            {
                return AllowsBranch(version);
            }
            var order = version.CompareTo(Bound);
            return Operator switch
            {
                "<" => order < 0,
                "<=" => order <= 0,
                ">" => order > 0,
                ">=" => order >= 0,
                "!=" or "<>" => order != 0,
                _ => order == 0,
            };
        }

        /// <summary>Branches have no order: they are the same or they are not.</summary>
        private bool AllowsBranch(ComposerVersion version) => Operator switch
        {
            "!=" or "<>" => version.Normalized != Bound.Normalized,
            "=" or "==" => version.Normalized == Bound.Normalized,
            _ => false,
        };
    }
}
