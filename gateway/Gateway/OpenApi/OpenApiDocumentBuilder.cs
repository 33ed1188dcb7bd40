using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Governance.Gateway.Proxy;
using Governance.Gateway.Transcoding;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Governance.Gateway.OpenApi;

/// <summary>Writes OpenAPI 3.1 from the same descriptors that transcoding works from.</summary>
internal sealed class OpenApiDocumentBuilder(RestRoutes routes, RpcCatalog catalog, ProtoComments comments)
{
    private const int QueryDepth = 3;
    private readonly SchemaWriter _schemas = new(comments);

    public JsonObject Build()
    {
        var paths = new JsonObject();
        foreach (var route in routes.All.OrderBy(route => route.Path, StringComparer.Ordinal))
        {
            AddOperation(paths, route);
        }
        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = Info(),
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/", ["description"] = "This gateway." }),
            ["security"] = new JsonArray(new JsonObject { ["bearer"] = new JsonArray() }),
            ["tags"] = Tags(),
            ["paths"] = paths,
            ["components"] = Components(),
        };
    }

    private static JsonObject Info() => new()
    {
        ["title"] = "Governance",
        ["version"] = typeof(OpenApiDocumentBuilder).Assembly.GetName().Version!.ToString(3),
        ["summary"] = "What must change and by when, when it may change, who owns it, what is still owed.",
        ["description"] = "Every call is a gRPC method too, at the same address. JSON is protobuf's: 64-bit numbers are strings, "
            + "field names are accepted in camelCase and snake_case and written in camelCase; plain values, lists and maps are always "
            + "written, unset messages and optional values left out. Unknown fields and query parameters are refused.",
        ["license"] = new JsonObject { ["name"] = "Apache 2.0", ["identifier"] = "Apache-2.0" },
    };

    private JsonArray Tags() => new([.. routes.All.Select(route => route.Rpc.Descriptor.Service).Distinct()
        .OrderBy(TagOf, StringComparer.Ordinal)
        .Select(service => new JsonObject { ["name"] = TagOf(service), ["description"] = OrName(comments.Of(service), service) })]);

    private static string TagOf(ServiceDescriptor service) => $"{RpcCatalog.ServiceOf(service.File.Package)}.{service.Name}";

    private void AddOperation(JsonObject paths, RestRoute route)
    {
        var path = OpenApiPath.Of(route);
        if (paths[path.Text] is not JsonObject item)
        {
            paths[path.Text] = item = [];
        }
        var method = route.Rpc.Descriptor;
        var operation = new JsonObject
        {
            ["operationId"] = OperationId(route),
            ["tags"] = new JsonArray(TagOf(method.Service)),
            ["summary"] = OrName(comments.SummaryOf(method), method),
            ["description"] = Description(route),
        };
        if (route.Rpc.Permission == "public")
        {
            operation["security"] = new JsonArray();
        }
        if (Parameters(route, path) is { Count: > 0 } parameters)
        {
            operation["parameters"] = parameters;
        }
        if (route.HasBody)
        {
            operation["requestBody"] = Body(route);
        }
        operation["responses"] = Responses(route);
        item[route.HttpMethod.ToLowerInvariant()] = operation;
    }

    private string OperationId(RestRoute route)
    {
        var position = routes.All.Where(other => other.Rpc == route.Rpc).ToList().IndexOf(route);
        return $"{route.Rpc.Service}.{route.Rpc.Descriptor.Name}{(position == 0 ? "" : $"-{position + 1}")}";
    }

    private string Description(RestRoute route)
    {
        var permission = route.Rpc.Permission switch
        {
            "" => "",
            "public" => "Needs no sign-in.",
            "authenticated" => "Needs any signed-in caller.",
            var name => $"Needs the permission `{name}`.",
        };
        return $"{OrName(comments.Of(route.Rpc.Descriptor), route.Rpc.Descriptor)}\n\n{permission} gRPC: `{route.Rpc.Path[1..]}`.".Trim();
    }

    private JsonArray Parameters(RestRoute route, OpenApiPath path)
    {
        var parameters = new JsonArray();
        foreach (var parameter in path.Parameters)
        {
            var description = parameter.WholeField ? comments.Of(parameter.Field.Descriptor) : parameter.Description;
            var schema = parameter.WholeField ? _schemas.OfField(parameter.Field) : new JsonObject { ["type"] = "string" };
            schema.Remove("description");
            parameters.Add(Parameter(parameter.Name, "path", description, schema));
        }
        if (!route.WholeBody)
        {
            AddQuery(parameters, route, route.Rpc.Request, "", "", 0);
        }
        return parameters;
    }

    private void AddQuery(JsonArray parameters, RestRoute route, MessageShape shape, string names, string jsonNames, int depth)
    {
        foreach (var field in shape.Fields)
        {
            if ((depth == 0 && field == route.BodyField) || route.PathNames.Contains(names + field.Name) || field.IsMap)
            {
                continue;
            }
            if (!field.IsMessage || (!field.IsRepeated && field.Message.WellKnown is not (WellKnownType.None or WellKnownType.Any
                    or WellKnownType.Struct or WellKnownType.Value or WellKnownType.ListValue)))
            {
                var schema = _schemas.OfField(field);
                schema.Remove("description");
                schema.Remove("readOnly");
                parameters.Add(Parameter(jsonNames + field.JsonName, "query", comments.Of(field.Descriptor), schema));
            }
            else if (!field.IsRepeated && field.Message.WellKnown is WellKnownType.None && depth < QueryDepth)
            {
                AddQuery(parameters, route, field.Message, $"{names}{field.Name}.", $"{jsonNames}{field.JsonName}.", depth + 1);
            }
        }
    }

    private static JsonObject Parameter(string name, string place, string description, JsonObject schema)
    {
        var parameter = new JsonObject { ["name"] = name, ["in"] = place };
        if (description.Length > 0)
        {
            parameter["description"] = description;
        }
        if (place == "path")
        {
            parameter["required"] = true;
        }
        parameter["schema"] = schema;
        return parameter;
    }

    private JsonObject Body(RestRoute route)
    {
        if (route.UploadField is { } upload)
        {
            return new JsonObject
            {
                ["description"] = comments.Of(upload.Descriptor),
                ["required"] = true,
                ["content"] = new JsonObject { ["application/octet-stream"] = new JsonObject(), ["application/json"] = new JsonObject() },
            };
        }
        JsonObject media;
        if (route.BodyField is { } field)
        {
            media = new JsonObject { ["schema"] = _schemas.OfField(field) };
            if (_schemas.Example(field) is { } example)
            {
                media["example"] = example;
            }
        }
        else
        {
            var free = route.Rpc.Request.Fields.Where(candidate => !route.PathNames.Contains(candidate.Name)).ToArray();
            media = new JsonObject
            {
                ["schema"] = free.Length == route.Rpc.Request.Fields.Count
                    ? _schemas.Of(route.Rpc.Request)
                    : _schemas.OfFields(route.Rpc.Request, free),
                ["example"] = _schemas.Example(free),
            };
        }
        return new JsonObject { ["required"] = route.BodyField is not null, ["content"] = new JsonObject { ["application/json"] = media } };
    }

    private JsonObject Responses(RestRoute route) => new()
    {
        ["200"] = new JsonObject
        {
            ["description"] = OrName(comments.SummaryOf(route.Rpc.Response.Descriptor), route.Rpc.Response.Descriptor),
            ["content"] = Answer(route),
        },
        ["4XX"] = new JsonObject { ["$ref"] = "#/components/responses/Refused" },
        ["5XX"] = new JsonObject { ["$ref"] = "#/components/responses/Failed" },
    };

    private JsonObject Answer(RestRoute route)
    {
        if (route.AnswersFile)
        {
            return new JsonObject { ["application/octet-stream"] = new JsonObject() };
        }
        var schema = route.ResponseField is { } field ? _schemas.OfField(field) : _schemas.Of(route.Rpc.Response);
        var type = route.Rpc.ServerStreaming ? "application/x-ndjson" : "application/json";
        return new JsonObject { [type] = new JsonObject { ["schema"] = schema } };
    }

    private JsonObject Components()
    {
        var error = new JsonObject
        {
            ["type"] = "object",
            ["required"] = new JsonArray("error"),
            ["properties"] = new JsonObject
            {
                ["error"] = new JsonObject
                {
                    ["type"] = "object",
                    ["required"] = new JsonArray("code", "status", "message", "details"),
                    ["properties"] = new JsonObject
                    {
                        ["code"] = new JsonObject { ["type"] = "integer", ["description"] = "The HTTP status." },
                        ["status"] = new JsonObject { ["type"] = "string", ["description"] = "The gRPC status." },
                        ["message"] = new JsonObject { ["type"] = "string", ["description"] = "For people, in English." },
                        ["details"] = new JsonObject
                        {
                            ["type"] = "array",
                            ["description"] = "Typed details: `google.rpc.ErrorInfo` with a reason for programs, `google.rpc.BadRequest` "
                                + "with every wrong field, `google.rpc.RetryInfo`.",
                            ["items"] = _schemas.Of(catalog.Shapes.Of(Google.Protobuf.WellKnownTypes.Any.Descriptor)),
                        },
                    },
                },
            },
        };
        var all = new JsonObject();
        foreach (var (name, schema) in _schemas.Components)
        {
            all[name] = schema;
        }
        all["Error"] = error;
        return new JsonObject
        {
            ["schemas"] = all,
            ["responses"] = new JsonObject
            {
                ["Refused"] = ErrorResponse(
                    "The call is not acceptable as it is.", 409, "ABORTED", "The etag is stale: the resource has changed since."),
                ["Failed"] = ErrorResponse(
                    "The call could not be answered.", 503, "UNAVAILABLE", "The service 'windows' cannot be reached."),
            },
            ["securitySchemes"] = new JsonObject
            {
                ["bearer"] = new JsonObject
                {
                    ["type"] = "http",
                    ["scheme"] = "bearer",
                    ["description"] = "A person's token or an API key's secret.",
                },
            },
        };
    }

    private static JsonObject ErrorResponse(string description, int code, string status, string message) => new()
    {
        ["description"] = description,
        ["content"] = new JsonObject
        {
            ["application/json"] = new JsonObject
            {
                ["schema"] = new JsonObject { ["$ref"] = "#/components/schemas/Error" },
                ["example"] = new JsonObject
                {
                    ["error"] = new JsonObject
                    {
                        ["code"] = code,
                        ["status"] = status,
                        ["message"] = message,
                        ["details"] = new JsonArray(),
                    },
                },
            },
        },
    };

    private static string OrName(string text, IDescriptor descriptor) => text.Length > 0 ? text : descriptor.Name;
}
