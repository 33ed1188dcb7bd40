using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Governance.Testing;

/// <summary>Collects what hosts log; an error that no test expected fails the test.</summary>
public sealed class LogGuard : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly ConcurrentQueue<string> _warnings = new();
    private readonly ConcurrentBag<string> _expected = [];

    /// <summary>What was logged as a warning.</summary>
    public IReadOnlyCollection<string> Warnings => _warnings;

    /// <summary>What was logged as an error.</summary>
    public IReadOnlyCollection<string> Errors => _errors;

    /// <summary>Allows errors that contain the text.</summary>
    public void Expect(string text) => _expected.Add(text);

    /// <summary>Throws when an unexpected error was logged.</summary>
    public void Verify()
    {
        var unexpected = _errors.Where(error => !_expected.Any(text => error.Contains(text, StringComparison.Ordinal))).ToList();
        if (unexpected.Count > 0) throw new Xunit.Sdk.XunitException("Unexpected error logs:\n" + string.Join("\n", unexpected));
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(LogGuard guard, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel)) return;
            var queue = logLevel >= LogLevel.Error ? guard._errors : guard._warnings;
            queue.Enqueue($"{category}: {formatter(state, exception)} {exception}");
        }
    }
}
