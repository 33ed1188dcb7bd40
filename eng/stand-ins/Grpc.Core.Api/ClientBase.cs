using Grpc.Core.Interceptors;

namespace Grpc.Core;

/// <summary>What generated clients derive from.</summary>
/// <typeparam name="T">The client itself.</typeparam>
public abstract class ClientBase<T> : ClientBase
    where T : ClientBase<T>
{
    /// <summary>For test doubles: a client that cannot call.</summary>
    protected ClientBase()
    {
    }

    /// <summary>A client with a configuration of its own.</summary>
    protected ClientBase(ClientBaseConfiguration configuration)
        : base(configuration)
    {
    }

    /// <summary>A client over a channel.</summary>
    public ClientBase(ChannelBase channel)
        : base(channel)
    {
    }

    /// <summary>A client over an invoker.</summary>
    public ClientBase(CallInvoker callInvoker)
        : base(callInvoker)
    {
    }

    /// <summary>The same client naming another host in its calls.</summary>
    public T WithHost(string host) => NewInstance(Configuration.WithHost(host));

    /// <summary>Makes a client of the same kind.</summary>
    protected abstract T NewInstance(ClientBaseConfiguration configuration);
}

/// <summary>What generated clients have in common.</summary>
public abstract class ClientBase
{
    /// <summary>For test doubles: a client that cannot call.</summary>
    protected ClientBase()
        : this(new UnusableCallInvoker())
    {
    }

    /// <summary>A client with a configuration of its own.</summary>
    protected ClientBase(ClientBaseConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        Configuration = configuration;
        CallInvoker = configuration.CreateDecoratedCallInvoker();
    }

    /// <summary>A client over a channel.</summary>
    public ClientBase(ChannelBase channel)
        : this((channel ?? throw new ArgumentNullException(nameof(channel))).CreateCallInvoker())
    {
    }

    /// <summary>A client over an invoker.</summary>
    public ClientBase(CallInvoker callInvoker)
        : this(new ClientBaseConfiguration(callInvoker, null))
    {
    }

    /// <summary>What the client calls through.</summary>
    protected CallInvoker CallInvoker { get; }

    internal ClientBaseConfiguration Configuration { get; }

    /// <summary>An invoker and the host that its calls name.</summary>
    protected internal class ClientBaseConfiguration
    {
        private readonly CallInvoker undecoratedCallInvoker;
        private readonly string? host;

        internal ClientBaseConfiguration(CallInvoker undecoratedCallInvoker, string? host)
        {
            ArgumentNullException.ThrowIfNull(undecoratedCallInvoker);
            this.undecoratedCallInvoker = undecoratedCallInvoker;
            this.host = host;
        }

        internal CallInvoker CreateDecoratedCallInvoker() =>
            host is null ? undecoratedCallInvoker : undecoratedCallInvoker.Intercept(new HostInterceptor(host));

        internal ClientBaseConfiguration WithHost(string host)
        {
            ArgumentNullException.ThrowIfNull(host);
            return new ClientBaseConfiguration(undecoratedCallInvoker, host);
        }
    }
}

/// <summary>What generated clients of the smallest kind derive from.</summary>
public abstract class LiteClientBase
{
    /// <summary>For test doubles: a client that cannot call.</summary>
    protected LiteClientBase() => CallInvoker = new UnusableCallInvoker();

    /// <summary>A client over a channel.</summary>
    public LiteClientBase(ChannelBase channel)
        : this((channel ?? throw new ArgumentNullException(nameof(channel))).CreateCallInvoker())
    {
    }

    /// <summary>A client over an invoker.</summary>
    public LiteClientBase(CallInvoker callInvoker)
    {
        ArgumentNullException.ThrowIfNull(callInvoker);
        CallInvoker = callInvoker;
    }

    /// <summary>What the client calls through.</summary>
    protected CallInvoker CallInvoker { get; }
}
