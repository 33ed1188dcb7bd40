namespace Grpc.Core;

/// <summary>What a caller asks of one call.</summary>
public struct CallOptions
{
    private bool? waitForReady;

    /// <summary>Creates options; whatever is left out is unset.</summary>
    /// <param name="headers">Sent before the request.</param>
    /// <param name="deadline">An instant in UTC after which the call fails; unset means none.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <param name="writeOptions">Of the request, or of each message until the stream's writer says otherwise.</param>
    /// <param name="propagationToken">The call that this one serves.</param>
    /// <param name="credentials">Of this call, beside the channel's.</param>
    public CallOptions(
        Metadata? headers = null,
        DateTime? deadline = null,
        CancellationToken cancellationToken = default,
        WriteOptions? writeOptions = null,
        ContextPropagationToken? propagationToken = null,
        CallCredentials? credentials = null)
    {
        Headers = headers;
        Deadline = deadline;
        CancellationToken = cancellationToken;
        WriteOptions = writeOptions;
        PropagationToken = propagationToken;
        Credentials = credentials;
    }

    /// <summary>Sent before the request.</summary>
    public Metadata? Headers { readonly get; private set; }

    /// <summary>The instant in UTC after which the call fails; null means none.</summary>
    public DateTime? Deadline { readonly get; private set; }

    /// <summary>Gives the call up.</summary>
    public CancellationToken CancellationToken { readonly get; private set; }

    /// <summary>How messages are written.</summary>
    public WriteOptions? WriteOptions { readonly get; private set; }

    /// <summary>The call that this one serves.</summary>
    public ContextPropagationToken? PropagationToken { readonly get; private set; }

    /// <summary>Credentials of this call.</summary>
    public CallCredentials? Credentials { readonly get; private set; }

    /// <summary>Whether the call waits for a connection instead of failing at once.</summary>
    public readonly bool IsWaitForReady => waitForReady ?? false;

    /// <summary>The same options with these headers.</summary>
    public readonly CallOptions WithHeaders(Metadata headers) => this with { Headers = headers };

    /// <summary>The same options with this deadline, in UTC.</summary>
    public readonly CallOptions WithDeadline(DateTime deadline) => this with { Deadline = deadline };

    /// <summary>The same options with this token.</summary>
    public readonly CallOptions WithCancellationToken(CancellationToken cancellationToken) =>
        this with { CancellationToken = cancellationToken };

    /// <summary>The same options with these write options.</summary>
    public readonly CallOptions WithWriteOptions(WriteOptions writeOptions) => this with { WriteOptions = writeOptions };

    /// <summary>The same options on behalf of another call.</summary>
    public readonly CallOptions WithPropagationToken(ContextPropagationToken propagationToken) =>
        this with { PropagationToken = propagationToken };

    /// <summary>The same options with these credentials.</summary>
    public readonly CallOptions WithCredentials(CallCredentials credentials) => this with { Credentials = credentials };

    /// <summary>The same options, waiting for a connection or not.</summary>
    public readonly CallOptions WithWaitForReady(bool waitForReady = true)
    {
        var options = this;
        options.waitForReady = waitForReady;
        return options;
    }
}
