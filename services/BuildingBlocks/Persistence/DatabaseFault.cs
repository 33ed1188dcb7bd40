namespace Governance.BuildingBlocks.Persistence;

/// <summary>
/// The database is not there, not to be opened, or not such as a program can work on: it says so in one sentence and ends.
/// </summary>
/// <param name="message">What is wrong, and what to do.</param>
public sealed class DatabaseFault(string message) : Exception(message);
