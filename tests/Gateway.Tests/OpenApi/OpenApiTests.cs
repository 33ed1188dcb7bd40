using System.Diagnostics;
using System.Text.Json.Nodes;
using Governance.Gateway.OpenApi;
using Governance.Gateway.Proxy;
using Governance.Gateway.Transcoding;
using Shouldly;
using Xunit;

namespace Governance.Gateway.Tests.OpenApi;

[Collection(GatewayCollection.Name)]
public sealed class OpenApiTests(GatewayHost host)
{
    private static readonly JsonObject Product = BuildProduct();

    [Fact]
    public void Document_EveryRestRoute_IsAnOperationWithItsOwnId()
    {
        var routes = new RestRoutes(RpcCatalog.OfProduct()).All;
        var ids = Operations().Select(operation => operation["operationId"]!.GetValue<string>()).ToArray();
        ids.Length.ShouldBe(routes.Count);
        ids.ShouldBeUnique();
    }

    [Fact]
    public void Document_EveryReference_HasItsTarget()
    {
        foreach (var reference in Strings(Product, "$ref").Distinct())
        {
            reference.Split('/').Skip(1).Aggregate((JsonNode?)Product, (at, key) => at?[key]).ShouldNotBeNull(reference);
        }
    }

    [Fact]
    public void Document_PathParameters_AreDeclaredOnceEach()
    {
        foreach (var (path, item) in Product["paths"]!.AsObject())
        {
            var named = path.Split('{').Skip(1).Select(part => part[..part.IndexOf('}', StringComparison.Ordinal)]).ToArray();
            foreach (var (_, operation) in item!.AsObject())
            {
                var declared = operation!["parameters"]?.AsArray().Where(parameter => parameter!["in"]!.GetValue<string>() == "path")
                    .Select(parameter => parameter!["name"]!.GetValue<string>()) ?? [];
                declared.ShouldBe(named, path);
            }
        }
    }

    [Fact]
    public void Document_GetWindow_CarriesCommentPermissionAndSecurity()
    {
        var operation = Product["paths"]!["/v1/windows/{window}"]!["get"]!;
        operation["summary"]!.GetValue<string>().ShouldBe("Gets a window");
        operation["description"]!.GetValue<string>().ShouldContain("`windows.read`");
        operation["responses"]!["200"]!["content"]!["application/json"]!["schema"]!["$ref"]!.GetValue<string>()
            .ShouldBe("#/components/schemas/windows.Window");
        Product["components"]!["schemas"]!["windows.Window"]!["description"]!.GetValue<string>().ShouldNotBeEmpty();
    }

    [Fact]
    public void Document_Comments_AreThereForEveryOperation() =>
        Operations()
            .Where(operation => operation["summary"]!.GetValue<string>() == operation["operationId"]!.GetValue<string>().Split('.')[1])
            .Select(operation => operation["operationId"]!.GetValue<string>()).ShouldBeEmpty();

    [Fact]
    public async Task Document_Served_HasSecurityHeadersAndAnEtag()
    {
        using var response = await host.Rest.GetAsync("/openapi.json");
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        var again = new HttpRequestMessage(HttpMethod.Get, "/openapi.json") { Headers = { IfNoneMatch = { response.Headers.ETag! } } };
        ((int)(await host.Rest.SendAsync(again)).StatusCode).ShouldBe(304);
        using var page = await host.Rest.GetAsync("/docs");
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("default-src 'none'");
        (await page.Content.ReadAsStringAsync()).ShouldContain("/docs/docs.js");
        (await host.Rest.GetStringAsync("/docs/docs.js")).ShouldContain("openapi.json");
    }

    [Fact]
    public void Document_ReadByMicrosoftsReader_HasNoFaultAndEveryOperation()
    {
        var read = Microsoft.OpenApi.OpenApiDocument.Parse(Product.ToJsonString(), "json");

        read.Diagnostic!.Errors.Select(error => error.ToString()).ShouldBeEmpty();
        read.Diagnostic.Warnings.Select(warning => warning.ToString()).ShouldBeEmpty();
        read.Document!.Paths.Sum(path => path.Value.Operations!.Count).ShouldBe(new RestRoutes(RpcCatalog.OfProduct()).All.Count);
    }

    /// <summary>Set <c>GOVERNANCE_REDOCLY</c> to the path of redocly's command to let an independent linter judge the document.</summary>
    [RedoclyFact]
    public void Document_Redocly_FindsNothing()
    {
        var file = Path.Combine(Path.GetTempPath(), $"openapi-{Guid.NewGuid():n}.json");
        File.WriteAllText(file, Product.ToJsonString());
        try
        {
            using var lint = Process.Start(new ProcessStartInfo(
                RedoclyFactAttribute.Command!, ["lint", file])
            { RedirectStandardError = true, RedirectStandardOutput = true })!;
            var output = lint.StandardOutput.ReadToEndAsync();
            var problems = lint.StandardError.ReadToEnd();
            lint.WaitForExit();
            lint.ExitCode.ShouldBe(0, problems + output.Result);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static JsonObject BuildProduct()
    {
        var catalog = RpcCatalog.OfProduct();
        return new OpenApiDocumentBuilder(new RestRoutes(catalog), catalog, new ProtoComments()).Build();
    }

    private static IEnumerable<JsonNode> Operations() =>
        Product["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Select(operation => operation.Value!);

    private static IEnumerable<string> Strings(JsonNode? node, string key) => node switch
    {
        JsonObject item => item.SelectMany(member => member.Key == key && member.Value is JsonValue value
            ? [value.GetValue<string>()]
            : Strings(member.Value, key)),
        JsonArray items => items.SelectMany(item => Strings(item, key)),
        _ => [],
    };
}

/// <summary>A fact that needs redocly's linter.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RedoclyFactAttribute : FactAttribute
{
    public RedoclyFactAttribute() =>
        Skip = Command is null ? "GOVERNANCE_REDOCLY does not name redocly's command (npm: @redocly/cli)." : null;

    public static string? Command => Environment.GetEnvironmentVariable("GOVERNANCE_REDOCLY");
}
