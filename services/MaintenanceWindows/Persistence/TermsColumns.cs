using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.MaintenanceWindows.Persistence;

internal static class TermsColumns
{
    /// <summary>Columns are called as the terms are, without the prefix that says that they are terms.</summary>
    public static void WithOwnNames<T>(this ComplexPropertyBuilder<T> terms)
        where T : class
    {
        foreach (var property in terms.Metadata.ComplexType.GetProperties()) property.SetColumnName(property.Name);
    }
}
