using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Governance.Benchmarks.Suite;

/// <summary>nginx as a plain gRPC proxy in front of one service, with connections kept open.</summary>
internal sealed class NginxProxy : IAsyncDisposable
{
    private readonly Process _process;

    private NginxProxy(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    public int Port { get; }

    public static async Task<NginxProxy> StartAsync(DirectoryInfo folder, int service)
    {
        var port = FreePort();
        var configuration = Path.Combine(folder.FullName, "nginx.conf");
        await File.WriteAllTextAsync(configuration, $$"""
            daemon off; worker_processes auto; pid {{folder.FullName}}/nginx.pid; error_log stderr crit;
            events { worker_connections 1024; }
            http {
              access_log off; client_body_temp_path {{folder.FullName}}; proxy_temp_path {{folder.FullName}}; fastcgi_temp_path {{folder.FullName}};
              uwsgi_temp_path {{folder.FullName}}; scgi_temp_path {{folder.FullName}};
              upstream service { server 127.0.0.1:{{service}}; keepalive 64; keepalive_requests 10000000; }
              server { listen 127.0.0.1:{{port}} http2; keepalive_requests 10000000; location / { grpc_pass grpc://service; } }
            }
            """);
        var started = Process.Start("nginx", ["-c", configuration]);
        using var probe = new TcpClient();
        for (var tries = 0; !probe.Connected; tries++)
        {
            try
            {
                await probe.ConnectAsync(IPAddress.Loopback, port);
            }
            catch (SocketException) when (tries < 100 && !started.HasExited)
            {
                await Task.Delay(50);
            }
        }

        return new NginxProxy(started, port);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
