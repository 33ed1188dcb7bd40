using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;
using Alpha = Grpc.Reflection.V1Alpha;

namespace Governance.Gateway.Proxy;

/// <summary>Answers reflection's questions about everything that is served here.</summary>
internal sealed class ReflectedFiles
{
    private readonly Dictionary<string, FileDescriptor> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileDescriptor> _symbols = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Type, int Number), FileDescriptor> _extensions = [];
    private readonly SortedSet<string> _services = new(StringComparer.Ordinal);

    public ReflectedFiles(RpcCatalog catalog)
    {
        foreach (var file in catalog.Files)
        {
            Add(file);
        }
        _services.UnionWith(catalog.Methods.Select(method => method.Descriptor.Service.FullName));
        foreach (var file in new[]
        {
            ReflectionReflection.Descriptor,
            Alpha.ReflectionReflection.Descriptor,
            Grpc.Health.V1.HealthReflection.Descriptor,
        })
        {
            Add(file);
            _services.UnionWith(file.Services.Select(service => service.FullName));
        }
    }

    public ServerReflectionResponse Answer(ServerReflectionRequest request)
    {
        var response = new ServerReflectionResponse { ValidHost = request.Host, OriginalRequest = request };
        switch (request.MessageRequestCase)
        {
            case ServerReflectionRequest.MessageRequestOneofCase.ListServices:
                response.ListServicesResponse = new ListServiceResponse();
                response.ListServicesResponse.Service.AddRange(_services.Select(name => new ServiceResponse { Name = name }));
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileByFilename:
                AnswerFile(response, _files.GetValueOrDefault(request.FileByFilename), request.FileByFilename);
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileContainingSymbol:
                AnswerFile(response, _symbols.GetValueOrDefault(request.FileContainingSymbol), request.FileContainingSymbol);
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileContainingExtension:
                var wanted = request.FileContainingExtension;
                AnswerFile(response, _extensions.GetValueOrDefault((wanted.ContainingType, wanted.ExtensionNumber)),
                    $"{wanted.ContainingType}, extension {wanted.ExtensionNumber}");
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.AllExtensionNumbersOfType:
                AnswerNumbers(response, request.AllExtensionNumbersOfType);
                break;
            default:
                Refuse(response, StatusCode.InvalidArgument, "Nothing was asked.");
                break;
        }
        return response;
    }

    private void AnswerNumbers(ServerReflectionResponse response, string type)
    {
        if (!_symbols.ContainsKey(type))
        {
            Refuse(response, StatusCode.NotFound, $"{type} is not known here.");
            return;
        }
        response.AllExtensionNumbersResponse = new ExtensionNumberResponse { BaseTypeName = type };
        response.AllExtensionNumbersResponse.ExtensionNumber.AddRange(
            _extensions.Keys.Where(key => key.Type == type).Select(key => key.Number));
    }

    private static void AnswerFile(ServerReflectionResponse response, FileDescriptor? file, string asked)
    {
        if (file is null)
        {
            Refuse(response, StatusCode.NotFound, $"{asked} is not known here.");
            return;
        }
        response.FileDescriptorResponse = new FileDescriptorResponse();
        var done = new HashSet<string>(StringComparer.Ordinal);
        var queue = new Queue<FileDescriptor>([file]);
        while (queue.TryDequeue(out var next))
        {
            if (!done.Add(next.Name))
            {
                continue;
            }
            response.FileDescriptorResponse.FileDescriptorProto.Add(next.SerializedData);
            foreach (var dependency in next.Dependencies)
            {
                queue.Enqueue(dependency);
            }
        }
    }

    private static void Refuse(ServerReflectionResponse response, StatusCode code, string message) =>
        response.ErrorResponse = new ErrorResponse { ErrorCode = (int)code, ErrorMessage = message };

    private void Add(FileDescriptor file)
    {
        if (!_files.TryAdd(file.Name, file))
        {
            return;
        }
        foreach (var dependency in file.Dependencies)
        {
            Add(dependency);
        }
        foreach (var service in file.Services)
        {
            _symbols[service.FullName] = file;
            foreach (var method in service.Methods)
            {
                _symbols[method.FullName] = file;
            }
        }
        foreach (var message in file.MessageTypes)
        {
            Add(message);
        }
        foreach (var enumeration in file.EnumTypes)
        {
            _symbols[enumeration.FullName] = file;
        }
        Add(file.Extensions, file);
    }

    private void Add(MessageDescriptor message)
    {
        _symbols[message.FullName] = message.File;
        foreach (var field in message.Fields.InDeclarationOrder())
        {
            _symbols[field.FullName] = message.File;
        }
        foreach (var enumeration in message.EnumTypes)
        {
            _symbols[enumeration.FullName] = message.File;
        }
        foreach (var nested in message.NestedTypes)
        {
            Add(nested);
        }
        Add(message.Extensions, message.File);
    }

    private void Add(ExtensionCollection declared, FileDescriptor file)
    {
        foreach (var extension in declared.UnorderedExtensions)
        {
            _symbols[extension.FullName] = file;
            _extensions[(extension.ExtendeeType.FullName, extension.FieldNumber)] = file;
        }
    }
}

/// <summary>Reflection, version 1.</summary>
internal sealed class ReflectionService(ReflectedFiles files) : ServerReflection.ServerReflectionBase
{
    public override async Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream,
        IServerStreamWriter<ServerReflectionResponse> responseStream,
        ServerCallContext context)
    {
        while (await requestStream.MoveNext(context.CancellationToken))
        {
            await responseStream.WriteAsync(files.Answer(requestStream.Current), context.CancellationToken);
        }
    }
}

/// <summary>Reflection as older clients ask for it; its messages are the same on the wire.</summary>
internal sealed class AlphaReflectionService(ReflectedFiles files) : Alpha.ServerReflection.ServerReflectionBase
{
    public override async Task ServerReflectionInfo(
        IAsyncStreamReader<Alpha.ServerReflectionRequest> requestStream,
        IServerStreamWriter<Alpha.ServerReflectionResponse> responseStream,
        ServerCallContext context)
    {
        while (await requestStream.MoveNext(context.CancellationToken))
        {
            var request = ServerReflectionRequest.Parser.ParseFrom(requestStream.Current.ToByteArray());
            var answer = Alpha.ServerReflectionResponse.Parser.ParseFrom(files.Answer(request).ToByteArray());
            await responseStream.WriteAsync(answer, context.CancellationToken);
        }
    }
}
