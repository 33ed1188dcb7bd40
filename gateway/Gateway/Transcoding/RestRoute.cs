using Google.Api;
using Governance.Gateway.Proxy;
using Microsoft.AspNetCore.Http.Metadata;
using Endpoint = Microsoft.AspNetCore.Http.Endpoint;

namespace Governance.Gateway.Transcoding;

/// <summary>
/// One way to one RPC over REST: an HTTP method and path template, what fills the request, what becomes the answer.
/// A contract that cannot be served this way is refused when the gateway starts.
/// </summary>
internal sealed class RestRoute
{
    private RestRoute(RpcMethod method, HttpRule rule)
    {
        Rpc = method;
        (HttpMethod, var path) = PatternOf(rule);
        if (!PathTemplate.TryParse(path, out var template))
        {
            throw Fault($"'{path}' is not a path template");
        }
        Template = template;
        Path = path;
        Endpoint = new Endpoint(null, new EndpointMetadataCollection(new Route(path)), $"{HttpMethod} {path}");
        PathFields = template.Variables.Select(variable => Chain(variable.FieldPath)).ToArray();
        PathNames = PathFields.Select(chain => string.Join('.', chain.Select(field => field.Name))).ToHashSet(StringComparer.Ordinal);
        WholeBody = rule.Body == "*";
        BodyField = WholeBody || rule.Body.Length == 0 ? null : Member(method.Request, rule.Body);
        ResponseField = rule.ResponseBody.Length == 0 ? null : Member(method.Response, rule.ResponseBody);
        AnswersFile = ResponseField is null
            ? method.Response.IsHttpBody
            : ResponseField is { IsMessage: true, IsRepeated: false } && ResponseField.Message.IsHttpBody;
        UploadField = BodyField is { IsMessage: true } field && field.Message.IsHttpBody ? field : null;
        if (method.ClientStreaming && UploadField is null)
        {
            throw Fault("a client's stream can only be filled from a google.api.HttpBody field");
        }
        if (HttpMethod == "PATCH" && BodyField is { IsMessage: true, IsRepeated: false }
            && method.Request.ByName("update_mask") is { IsMessage: true } mask && mask.Message.WellKnown is WellKnownType.FieldMask)
        {
            UpdateMask = mask;
        }
    }

    public RpcMethod Rpc { get; }
    public string HttpMethod { get; }
    public string Path { get; }
    public PathTemplate Template { get; }

    /// <summary>For each variable of the template, the fields from the request down to the one that it sets.</summary>
    public IReadOnlyList<FieldShape[]> PathFields { get; }

    /// <summary>The dotted proto names of the fields that the path sets.</summary>
    public IReadOnlySet<string> PathNames { get; }

    /// <summary><c>body: "*"</c>: the JSON body is the whole request.</summary>
    public bool WholeBody { get; }

    /// <summary>The field that the body fills; null when there is no body, or it is the whole request.</summary>
    public FieldShape? BodyField { get; }

    /// <summary>The body's field when it is a file rather than JSON.</summary>
    public FieldShape? UploadField { get; }

    /// <summary>The field that is the answer; null when the whole response is.</summary>
    public FieldShape? ResponseField { get; }

    /// <summary>The answer is a file rather than JSON.</summary>
    public bool AnswersFile { get; }

    /// <summary>The mask that a PATCH fills from the body's fields when the caller gives none.</summary>
    public FieldShape? UpdateMask { get; }

    /// <summary>What traces and metrics of a request call its route.</summary>
    public Endpoint Endpoint { get; }

    public bool HasBody => WholeBody || BodyField is not null;

    /// <summary>All ways to an RPC: its rule and the additional bindings.</summary>
    public static IEnumerable<RestRoute> Of(RpcMethod method)
    {
        if (method.Http is null)
        {
            yield break;
        }
        yield return new RestRoute(method, method.Http);
        foreach (var additional in method.Http.AdditionalBindings)
        {
            yield return new RestRoute(method, additional);
        }
    }

    private static (string Method, string Path) PatternOf(HttpRule rule) => rule.PatternCase switch
    {
        HttpRule.PatternOneofCase.Get => ("GET", rule.Get),
        HttpRule.PatternOneofCase.Put => ("PUT", rule.Put),
        HttpRule.PatternOneofCase.Post => ("POST", rule.Post),
        HttpRule.PatternOneofCase.Delete => ("DELETE", rule.Delete),
        HttpRule.PatternOneofCase.Patch => ("PATCH", rule.Patch),
        HttpRule.PatternOneofCase.Custom => (rule.Custom.Kind, rule.Custom.Path),
        _ => ("", ""),
    };

    private FieldShape[] Chain(IReadOnlyList<string> names)
    {
        var chain = new FieldShape[names.Count];
        var shape = Rpc.Request;
        for (var i = 0; i < chain.Length; i++)
        {
            chain[i] = Member(shape, names[i]);
            if (chain[i].IsRepeated || (chain[i].IsMessage && i == chain.Length - 1))
            {
                throw Fault($"the path cannot set '{names[i]}'");
            }
            if (i < chain.Length - 1)
            {
                shape = chain[i].Message;
            }
        }
        return chain;
    }

    private FieldShape Member(MessageShape shape, string name) =>
        shape.ByName(name) ?? throw Fault($"{shape.FullName} has no field '{name}'");

    private InvalidOperationException Fault(string what) =>
        new($"The google.api.http rule of {Rpc.Descriptor.FullName} cannot be served: {what}.");

    private sealed record Route(string Path) : IRouteDiagnosticsMetadata
    {
        string IRouteDiagnosticsMetadata.Route => Path;
    }
}

/// <summary>All REST routes of the contract.</summary>
internal sealed class RestRoutes
{
    private readonly PathMatcher<RestRoute> _matcher = new();

    public RestRoutes(RpcCatalog catalog)
    {
        All = catalog.Methods.SelectMany(RestRoute.Of).ToArray();
        foreach (var route in All)
        {
            _matcher.Add(route.HttpMethod, route.Template, route);
        }
    }

    public IReadOnlyList<RestRoute> All { get; }

    /// <summary>The first literal segments of all paths, <c>v1</c>: what belongs to REST.</summary>
    public IEnumerable<string> Roots => All
        .Select(route => route.Template.Segments is [not (PathTemplate.One or PathTemplate.Any) and var first, ..] ? first
            : throw new InvalidOperationException($"The path of {route.Rpc.Descriptor.FullName} must begin with a literal segment."))
        .Distinct();

    /// <summary>The route of a request; HEAD is answered as GET.</summary>
    public PathMatch<RestRoute>? Find(string method, string path) => _matcher.Find(method == "HEAD" ? "GET" : method, path);

    public IReadOnlyCollection<string> MethodsOf(string path) => _matcher.MethodsOf(path);
}
