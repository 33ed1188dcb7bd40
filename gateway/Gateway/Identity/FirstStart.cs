namespace Governance.Gateway.Identity;

/// <summary>Sets identity up before the gateway listens; at the first start there is a link to sign in with.</summary>
internal sealed class FirstStart(Bootstrap bootstrap, Sessions sessions) : IHostedService
{
    /// <summary>The path of the one-time link; null except at the first start.</summary>
    public string? SignInPath { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await bootstrap.RunAsync(cancellationToken))
        {
            SignInPath = sessions.CreateLink(Bootstrap.Administrator);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
