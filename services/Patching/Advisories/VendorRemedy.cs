namespace Governance.Patching.Advisories;

/// <summary>What a vendor says can be done.</summary>
/// <param name="Category">VENDOR_FIX, MITIGATION, WORKAROUND, NONE_AVAILABLE or NO_FIX_PLANNED.</param>
/// <param name="Details">In the vendor's words.</param>
/// <param name="Url">Where to get it; null where the vendor does not say.</param>
/// <param name="Products">The products that it is about, by name.</param>
internal sealed record VendorRemedy(string Category, string Details, string? Url, IReadOnlyList<string> Products);

/// <summary>How a document that speaks of more than one vulnerability tells of itself.</summary>
/// <param name="Publisher">Who issued it.</param>
/// <param name="Version">Its version.</param>
/// <param name="Status">DRAFT, INTERIM or FINAL.</param>
internal sealed record Publication(string Publisher, string Version, string Status);
