using NodaTime;

namespace Governance.Ownership.Contracts.Statements;

/// <summary>Entries that are alike in all that counts.</summary>
/// <param name="Day">In the contract's zone.</param>
/// <param name="WorkType">May be empty.</param>
/// <param name="Component">`components/…`; may be empty.</param>
/// <param name="AfterHours">Whether the multiplier applies.</param>
/// <param name="Minutes">Of each.</param>
/// <param name="Count">How many there are.</param>
internal readonly record struct Work(LocalDate Day, string WorkType, string Component, bool AfterHours, int Minutes, int Count);
