using System.Globalization;

namespace Microsoft.SqlServer.Server;

/// <summary>A type that is used as a user-defined type and breaks the rules for one.</summary>
[Serializable]
public sealed class InvalidUdtException : SystemException
{
    private InvalidUdtException(string message)
        : base(message) => HResult = unchecked((int)0x80131937);

    /// <summary>Says which type breaks the rules and how.</summary>
    public static InvalidUdtException Create(Type udtType, string resourceReason)
    {
        ArgumentNullException.ThrowIfNull(udtType);
        return new InvalidUdtException(string.Create(
            CultureInfo.InvariantCulture, $"'{udtType.FullName}' is not a valid user-defined type: {resourceReason}"));
    }
}
