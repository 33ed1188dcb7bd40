using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Reflection.V1;
using Shouldly;
using Xunit;

namespace Governance.Gateway.Tests.Proxy;

[Collection(GatewayCollection.Name)]
public sealed class ReflectionAndHealthTests(GatewayHost host)
{
    [Fact]
    public async Task Reflection_ListServices_NamesWhatIsServed()
    {
        var services = (await AskAsync(new ServerReflectionRequest { ListServices = "" })).ListServicesResponse.Service
            .Select(service => service.Name)
            .ToArray();
        services.ShouldContain("governance.windows.v1.Windows");
        services.ShouldContain("governance.probe.v1.Probes");
        services.ShouldContain("grpc.health.v1.Health");
    }

    [Theory]
    [InlineData("governance.windows.v1.Windows")]
    [InlineData("governance.windows.v1.Windows.GetWindow")]
    [InlineData("governance.probe.v1.Probe.Inner")]
    [InlineData("governance.probe.v1.Kind")]
    [InlineData("google.api.http")]
    public async Task Reflection_Symbol_ComesWithEverythingItImports(string symbol)
    {
        var answer = await AskAsync(new ServerReflectionRequest { FileContainingSymbol = symbol });
        FileDescriptor.BuildFromByteStrings(Sorted(answer.FileDescriptorResponse.FileDescriptorProto)).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Reflection_UnknownThing_IsAnErrorAnswer()
    {
        (await AskAsync(new ServerReflectionRequest { FileByFilename = "no.proto" })).ErrorResponse.ErrorCode.ShouldBe(
            (int)StatusCode.NotFound);
        (await AskAsync(new ServerReflectionRequest { AllExtensionNumbersOfType = "google.protobuf.MethodOptions" }))
            .AllExtensionNumbersResponse.ExtensionNumber.ShouldContain(72295728);
    }

    [Fact]
    public async Task Reflection_OlderVersion_AnswersTheSame()
    {
        using var channel = host.Channel();
        using var call = new Grpc.Reflection.V1Alpha.ServerReflection.ServerReflectionClient(channel).ServerReflectionInfo();
        await call.RequestStream.WriteAsync(new() { ListServices = "" });
        (await call.ResponseStream.MoveNext(default)).ShouldBeTrue();
        call.ResponseStream.Current.ListServicesResponse.Service.ShouldNotBeEmpty();
        await call.RequestStream.CompleteAsync();
    }

    [Fact]
    public async Task Health_OfGatewayServiceAndUnknown_IsTold()
    {
        using var channel = host.Channel();
        var health = new Health.HealthClient(channel);
        (await health.CheckAsync(new())).Status.ShouldBe(HealthCheckResponse.Types.ServingStatus.Serving);
        (await health.CheckAsync(new() { Service = "governance.probe.v1.Probes" })).Status.ShouldBe(
            HealthCheckResponse.Types.ServingStatus.Serving);
        (await health.CheckAsync(new() { Service = "windows" })).Status.ShouldBe(HealthCheckResponse.Types.ServingStatus.NotServing);
        var unknown = await Should.ThrowAsync<RpcException>(async () => await health.CheckAsync(new() { Service = "nope" }));
        unknown.StatusCode.ShouldBe(StatusCode.NotFound);
        using var watch = health.Watch(new() { Service = "nope" });
        (await watch.ResponseStream.MoveNext(default)).ShouldBeTrue();
        watch.ResponseStream.Current.Status.ShouldBe(HealthCheckResponse.Types.ServingStatus.ServiceUnknown);
    }

    [Fact]
    public async Task Healthz_Ready_NamesEveryService()
    {
        (await host.Rest.GetStringAsync("/healthz/live")).ShouldContain("live");
        var ready = JsonNode.Parse(await host.Rest.GetStringAsync("/healthz/ready"))!;
        ready["services"]!["probe"]!.GetValue<string>().ShouldBe("serving");
        ready["services"]!["windows"]!.GetValue<string>().ShouldBe("unavailable");
    }

    [Fact]
    public async Task Feed_OfADeadService_Is503NamingIt()
    {
        var refusal = await host.RefusedAsync(HttpMethod.Get, "/calendars/all.ics?token=x");
        (refusal.Code, refusal.Status).ShouldBe((503, "UNAVAILABLE"));
        refusal.Message.ShouldContain("'windows'");
    }

    private async Task<ServerReflectionResponse> AskAsync(ServerReflectionRequest request)
    {
        using var channel = host.Channel();
        using var call = new ServerReflection.ServerReflectionClient(channel).ServerReflectionInfo();
        await call.RequestStream.WriteAsync(request);
        (await call.ResponseStream.MoveNext(default)).ShouldBeTrue();
        await call.RequestStream.CompleteAsync();
        return call.ResponseStream.Current;
    }

    /// <summary>Dependencies first, as building descriptors asks for.</summary>
    private static IEnumerable<Google.Protobuf.ByteString> Sorted(IReadOnlyCollection<Google.Protobuf.ByteString> files)
    {
        var left = files.ToDictionary(bytes => FileDescriptorProto.Parser.ParseFrom(bytes).Name);
        while (left.Count > 0)
        {
            var (name, bytes) =
                left.First(file => FileDescriptorProto.Parser.ParseFrom(file.Value).Dependency.All(import => !left.ContainsKey(import)));
            left.Remove(name);
            yield return bytes;
        }
    }
}
