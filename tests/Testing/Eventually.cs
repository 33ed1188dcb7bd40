namespace Governance.Testing;

/// <summary>Waits for what happens elsewhere: by looking again until a deadline, never by sleeping it out.</summary>
public static class Eventually
{
    // Long enough for a machine that runs much else; only a test that fails waits for its end.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    /// <summary>Waits until the condition holds.</summary>
    public static Task HoldsAsync(Func<Task<bool>> condition, string what, TimeSpan? deadline = null) =>
        GetAsync(async () => await condition() ? "" : null, what, deadline);

    /// <summary>Waits until the condition holds.</summary>
    public static Task HoldsAsync(Func<bool> condition, string what, TimeSpan? deadline = null) =>
        HoldsAsync(() => Task.FromResult(condition()), what, deadline);

    /// <summary>Waits until there is a value.</summary>
    public static async Task<T> GetAsync<T>(Func<Task<T?>> find, string what, TimeSpan? deadline = null)
        where T : class
    {
        var end = DateTime.UtcNow + (deadline ?? Deadline);
        while (true)
        {
            if (await find() is { } found) return found;
            if (DateTime.UtcNow > end) throw new TimeoutException($"Never came true: {what}");
            await Task.Delay(Look);
        }
    }
}
