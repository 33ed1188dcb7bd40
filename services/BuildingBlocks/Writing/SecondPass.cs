namespace Governance.BuildingBlocks.Writing;

/// <summary>
/// For tests: registered in a host, it has every write's followers run once more and fails the write when that changes anything.
/// Then an effect was declared before its cause, or a follower adds again what it has added.
/// </summary>
public sealed class SecondPass
{
    internal async Task ProveAsync(WriteUnit unit, Func<Task> pass)
    {
        var first = UnitState.Of(unit);
        try
        {
            await pass();
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            throw new InvalidOperationException($"A second pass of the followers fails: {fault.Message}", fault);
        }

        if (first.ChangeIn(unit) is { } change) throw new InvalidOperationException($"A second pass of the followers changes {change}.");
        first.TakeBackWhatIsTwice(unit);
    }
}
