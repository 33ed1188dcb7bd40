using System.Diagnostics;
using Google.Protobuf.Reflection;
using Google.Rpc;
using Governance.StandIns.Tests.Interop;
using Governance.Testing;

namespace Governance.StandIns.Tests;

/// <summary>Runs the programs in the folder interop, written over other people's gRPC libraries.</summary>
internal static class Theirs
{
    public const string Node = "node";
    public const string GrpcJs = "npm:tests/StandIns.Tests/interop#@grpc/grpc-js";
    public const string GrpcIo = "python3:grpc";
    public const string Buf = "npm:eng/tools#@bufbuild/buf";

    private static readonly Lazy<string> Descriptors = new(WriteDescriptors);

    public static string Folder => RepositoryRoot.Path("tests", "StandIns.Tests", "interop");

    public static Process Start(string script, params string[] arguments)
    {
        var isPython = script.EndsWith(".py", StringComparison.Ordinal);
        var program = isPython ? Tools.Python("grpc") ?? throw new InvalidOperationException("No python3 with grpc.") : "node";
        var start = new ProcessStartInfo(program, [Path.Combine(Folder, script), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["INTEROP_DESCRIPTORS"] = Descriptors.Value;
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
    }

    private static string WriteDescriptors()
    {
        var folder = Directory.CreateTempSubdirectory("interop-descriptors-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        FileDescriptor[] files = [InteropReflection.Descriptor, StatusReflection.Descriptor, ErrorDetailsReflection.Descriptor];
        foreach (var file in files)
            File.WriteAllBytes(Path.Combine(folder, Path.GetFileName(file.Name) + ".bin"), file.SerializedData.ToByteArray());
        return folder;
    }
}

/// <summary>One of their servers, running until disposed.</summary>
internal sealed class TheirServer : IAsyncDisposable
{
    private readonly Process process;

    private TheirServer(Process process, int port)
    {
        this.process = process;
        Address = new Uri($"http://127.0.0.1:{port}");
    }

    public Uri Address { get; }

    public static async Task<TheirServer> StartAsync(string script)
    {
        var process = Theirs.Start(script);
        var line = await process.StandardOutput.ReadLineAsync();
        return new TheirServer(process, int.Parse(line ?? "", System.Globalization.CultureInfo.InvariantCulture));
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }
}
