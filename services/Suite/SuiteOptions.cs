using System.CommandLine;
using System.Globalization;
using System.Net;
using Governance.BuildingBlocks.Settings;

namespace Governance.Suite;

/// <summary>The Suite's switches.</summary>
internal sealed record SuiteOptions
{
    /// <summary>Where all data is. Default `data` under the working directory.</summary>
    public required DirectoryInfo Data { get; init; }

    /// <summary>Port of REST, feeds and pages; 0 takes a free one.</summary>
    public int Http { get; init; } = 8080;

    /// <summary>Port of gRPC (cleartext HTTP/2); 0 takes a free one.</summary>
    public int Grpc { get; init; } = 8081;

    /// <summary>The address that the gateway listens on.</summary>
    public IPAddress Listen { get; init; } = IPAddress.Loopback;

    /// <summary>The gateway's certificate, PEM with its chain. Null: cleartext.</summary>
    public FileInfo? TlsCertificate { get; init; }

    /// <summary>The certificate's private key, PEM.</summary>
    public FileInfo? TlsKey { get; init; }

    /// <summary>Allows listening beyond loopback in cleartext.</summary>
    public bool Insecure { get; init; }

    /// <summary>Starts the clock of business rules there, for rehearsals. Null: the real time.</summary>
    public DateTimeOffset? Clock { get; init; }

    /// <summary>A catalogue of components to take over at the start.</summary>
    public FileInfo? Components { get; init; }

    /// <summary>Fills an empty installation with a worked example.</summary>
    public bool Demo { get; init; }

    /// <summary>Brings the databases up to date and ends.</summary>
    public bool MigrateOnly { get; init; }

    /// <summary>The command line, whose action runs the Suite.</summary>
    public static RootCommand Command(Func<SuiteOptions, CancellationToken, Task<int>> run)
    {
        var demo = new Option<bool>("--demo") { Description = "Fill an empty installation with a worked example." };
        var data = new Option<DirectoryInfo>("--data")
        {
            Description = "Where all data is.",
            DefaultValueFactory = _ => new DirectoryInfo("data"),
        };
        var http = Port("--http", "Port of REST, feeds and pages; 0 takes a free one.", 8080);
        var grpc = Port("--grpc", "Port of gRPC; 0 takes a free one. With TLS it may be that of --http.", 8081);
        var listen = new Option<IPAddress>("--listen")
        {
            Description = "The address that the gateway listens on; beyond loopback only with a TLS certificate or --insecure.",
            DefaultValueFactory = _ => IPAddress.Loopback,
            CustomParser = result => ParseAddress(result.Tokens[0].Value, result.AddError),
        };
        var certificate =
            new Option<FileInfo?>("--tls-certificate") { Description = "Speak TLS with this certificate: PEM, its chain behind it." };
        var key = new Option<FileInfo?>("--tls-key") { Description = "The certificate's private key: PEM." };
        var insecure = new Option<bool>("--insecure") { Description = "Allow --listen beyond loopback without TLS." };
        var clock = new Option<DateTimeOffset?>("--clock")
        {
            Description = "Start the clock of business rules at this instant, 2026-11-27T02:00:00Z. Marks the data as a rehearsal.",
            CustomParser = result => ParseInstant(result.Tokens[0].Value, result.AddError),
        };
        var components = new Option<FileInfo?>("--components") { Description = "Take over a catalogue: Backstage YAML or CSV." };
        var migrate = new Option<bool>("--migrate") { Description = "Bring the databases up to date and end." };
        var command = new RootCommand("Governance: the whole suite in one process.")
        {
            demo, data, http, grpc, listen, certificate, key, insecure, clock, components, migrate,
        };
        command.SetAction((parsed, ct) => run(
            new SuiteOptions
            {
                Demo = parsed.GetValue(demo),
                Data = parsed.GetValue(data)!,
                Http = parsed.GetValue(http),
                Grpc = parsed.GetValue(grpc),
                Listen = parsed.GetValue(listen)!,
                TlsCertificate = parsed.GetValue(certificate),
                TlsKey = parsed.GetValue(key),
                Insecure = parsed.GetValue(insecure),
                Clock = parsed.GetValue(clock),
                Components = parsed.GetValue(components),
                MigrateOnly = parsed.GetValue(migrate),
            },
            ct));
        return command;
    }

    /// <summary>The gateway's certificate and key; null: cleartext.</summary>
    public TlsFiles? Tls =>
        TlsCertificate is { } certificate && TlsKey is { } key ? new TlsFiles(certificate.FullName, key.FullName) : null;

    /// <summary>What is wrong with these options together; empty when nothing is.</summary>
    public IEnumerable<string> Faults()
    {
        if (TlsCertificate is null != TlsKey is null)
        {
            yield return "--tls-certificate and --tls-key belong together.";
        }
        else if (Tls?.Fault() is { } fault)
        {
            yield return fault;
        }

        if (Http == Grpc && Http != 0 && Tls is null)
        {
            yield return $"--http and --grpc are both {Http}; cleartext HTTP/1.1 and HTTP/2 need a port each.";
        }

        if (!IPAddress.IsLoopback(Listen) && !Insecure && Tls is null)
        {
            yield return $"--listen {Listen} is reachable from other machines and there is no TLS. Give --tls-certificate and --tls-key, "
                + "or put a proxy with TLS in front and add --insecure.";
        }

        if (Components is { Exists: false })
        {
            yield return $"--components: there is no file {Components.FullName}.";
        }
    }

    private static Option<int> Port(string name, string description, int unset)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => unset };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > 65535)
            {
                result.AddError($"{name}: a port is 0 to 65535.");
            }
        });
        return option;
    }

    private static IPAddress? ParseAddress(string text, Action<string> fault)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            return address;
        }

        fault($"--listen: '{text}' is no IP address.");
        return null;
    }

    private static DateTimeOffset? ParseInstant(string text, Action<string> fault)
    {
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
        {
            return instant;
        }

        fault($"--clock: '{text}' is no instant such as 2026-11-27T02:00:00Z.");
        return null;
    }
}
