using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Governance.Gateway.OpenApi;

/// <summary>Sets <c>/openapi.json</c> and its page <c>/docs</c> up.</summary>
internal static class OpenApiSetup
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action "
            + "'none'; frame-ancestors 'none'";

    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IServiceCollection AddOpenApiDocument(this IServiceCollection services)
    {
        services.AddSingleton<ProtoComments>();
        services.AddSingleton<OpenApiDocumentBuilder>();
        return services;
    }

    /// <summary>Maps the document and the page that shows it; both need no sign-in.</summary>
    public static IEndpointRouteBuilder MapOpenApiDocument(this IEndpointRouteBuilder endpoints)
    {
        var document = new Lazy<StaticText>(() => new StaticText("application/json",
            Encoding.UTF8.GetBytes(endpoints.ServiceProvider.GetRequiredService<OpenApiDocumentBuilder>().Build().ToJsonString(Readable))));
        endpoints.MapMethods("/openapi.json", ["GET", "HEAD"], context => document.Value.WriteAsync(context));
        Map("/docs", "docs.html", "text/html; charset=utf-8");
        Map("/docs/docs.js", "docs.js", "text/javascript; charset=utf-8");
        Map("/docs/docs.css", "docs.css", "text/css; charset=utf-8");
        return endpoints;

        void Map(string path, string resource, string type)
        {
            var file = StaticText.Embedded(type, resource);
            endpoints.MapMethods(path, ["GET", "HEAD"], file.WriteAsync);
        }
    }

    /// <summary>A text that does not change while the program runs.</summary>
    private sealed class StaticText(string type, byte[] bytes)
    {
        private readonly string _etag = $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 12))}\"";

        public static StaticText Embedded(string type, string resource)
        {
            using var stream = typeof(OpenApiSetup).Assembly.GetManifestResourceStream(resource)
                ?? throw new InvalidOperationException($"The gateway has no resource {resource}.");
            using var memory = new MemoryStream();
            stream.CopyTo(memory);
            return new StaticText(type, memory.ToArray());
        }

        public Task WriteAsync(HttpContext context)
        {
            var headers = context.Response.Headers;
            headers.ETag = _etag;
            headers.CacheControl = "no-cache";
            headers.XContentTypeOptions = "nosniff";
            headers.ContentSecurityPolicy = Policy;
            headers["Referrer-Policy"] = "no-referrer";
            if (context.Request.Headers.IfNoneMatch == _etag)
            {
                context.Response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
            }
            context.Response.ContentType = type;
            context.Response.ContentLength = bytes.Length;
            return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
        }
    }
}
