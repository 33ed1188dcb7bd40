using System.Text.Json;
using Governance.BuildingBlocks.Security;
using Governance.Testing;
using Shouldly;
using Xunit;

namespace Governance.BuildingBlocks.Tests.Security;

public sealed class SigningKeyRingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("governance-keys-").FullName;
    private readonly FakeClock _clock = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Rotation_AsTimePasses_PublishesTenMinutesBeforeAndKeepsAfterTheLastUse()
    {
        var ring = Ring();
        var first = ring.Current().KeyId;
        _clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(10));

        ring.Current().KeyId.ShouldBe(first);
        var successor = Published().ShouldHaveTwo(first);

        _clock.Advance(TimeSpan.FromMinutes(9));
        ring.Current().KeyId.ShouldBe(first);
        _clock.Advance(TimeSpan.FromMinutes(1));
        ring.Current().KeyId.ShouldBe(successor);
        _clock.Advance(TimeSpan.FromMinutes(14));
        ring.Current();
        Published().ShouldContain(first);
        _clock.Advance(TimeSpan.FromMinutes(1));
        ring.Current();
        Published().ShouldBe([successor]);
    }

    [Fact]
    public void Replicas_OnOneFolder_SignWithTheSameKey()
    {
        var keys = Enumerable.Range(0, 4).AsParallel().Select(_ => Ring().Current().KeyId).ToList();

        keys.Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public void PrivateKeys_OnDisk_AreReadableByTheirOwnerOnly()
    {
        Ring().Current();

        if (OperatingSystem.IsWindows()) return;
        File.GetUnixFileMode(Path.Combine(_folder, "signing-keys.json")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.ReadAllText(Path.Combine(_folder, SigningKeyRing.PublicFile)).ShouldNotContain("\"d\"", Case.Insensitive);
    }

    private SigningKeyRing Ring() => new(_folder, _clock);

    private List<string> Published()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, SigningKeyRing.PublicFile)));
        return [.. file.RootElement.GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("kid").GetString()!)];
    }
}

internal static class KeyListAssertions
{
    public static string ShouldHaveTwo(this List<string> keys, string first)
    {
        keys.Count.ShouldBe(2);
        keys[0].ShouldBe(first);
        return keys[1];
    }
}
