using System.Buffers;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Governance.Gateway.Transcoding;
using Shouldly;
using Xunit;

namespace Governance.Gateway.Tests.Transcoding;

/// <summary>Wire forms that no C# serializer writes, but others may.</summary>
public sealed class WireToJsonTests
{
    [Fact]
    public void Write_FieldsOutOfOrderAndInParts_AreMerged()
    {
        var wire = Concat(
            new Probe.V1.Probe { Words = { "a" }, Inner = new() { Text = "first" } },
            new Probe.V1.Probe { Name = "n", Words = { "b" }, Inner = new() { Numbers = { 1 } } });
        var json = JsonDocument.Parse(Write(wire)).RootElement;
        json.GetProperty("name").GetString().ShouldBe("n");
        json.GetProperty("words").GetRawText().ShouldBe("""["a","b"]""");
        json.GetProperty("inner").GetRawText().ShouldBe("""{"text":"first","numbers":[1]}""");
    }

    [Fact]
    public void Write_TwoMembersOfAOneof_KeepsTheLast()
    {
        var json = Write(Concat(new Probe.V1.Probe { ChoiceText = "t" }, new Probe.V1.Probe { ChoiceNumber = 4 }));
        json.ShouldContain("\"choiceNumber\":4");
        json.ShouldNotContain("choiceText");
    }

    [Fact]
    public void Write_UnpackedNumbersAndUnknownFields_AreReadAndPassedOver()
    {
        // numbers (20) unpacked: 1, 2; then unknown field 1000 = 5.
        Write([0xA0, 0x01, 1, 0xA0, 0x01, 2, 0xC0, 0x3E, 5]).ShouldContain("\"numbers\":[\"1\",\"2\"]");
    }

    [Theory]
    [InlineData(new byte[] { 0x0A, 0x05, 0x41 })]
    [InlineData(new byte[] { 0x18, 0xFF })]
    [InlineData(new byte[] { 0x0B })]
    public void Write_BrokenWire_IsRefused(byte[] wire) => Should.Throw<InvalidDataException>(() => Write(wire));

    private static byte[] Concat(params IMessage[] messages) => [.. messages.SelectMany(message => message.ToByteArray())];

    private static string Write(byte[] wire)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, RestError.JsonOptions);
        new WireToJson(json).WriteMessage(wire, GatewayHost.ProbeCatalog().Shapes.Of(Probe.V1.Probe.Descriptor));
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
