using System.Buffers;
using System.Text;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace Governance.StandIns.Tests.Contract;

public sealed class CallTypesTests
{
    [Fact]
    public void CallOptions_With_ChangesOnlyTheCopy()
    {
        var deadline = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        using var source = new CancellationTokenSource();
        var before = new CallOptions(headers: []);

        var after = before.WithDeadline(deadline).WithCancellationToken(source.Token).WithWaitForReady()
            .WithWriteOptions(new WriteOptions(WriteFlags.NoCompress));

        (before.Deadline, before.IsWaitForReady, before.WriteOptions).ShouldBe((null, false, null));
        (after.Deadline, after.IsWaitForReady, after.CancellationToken).ShouldBe((deadline, true, source.Token));
        after.Headers.ShouldBeSameAs(before.Headers);
        after.WriteOptions!.Flags.ShouldBe(WriteFlags.NoCompress);
        after.WithWaitForReady(false).IsWaitForReady.ShouldBeFalse();
    }

    [Fact]
    public void Status_WithTheSameParts_IsEqual()
    {
        new Status(StatusCode.Aborted, "x").ShouldBe(new Status(StatusCode.Aborted, "x"));
        new Status(StatusCode.Aborted, "x").ShouldNotBe(new Status(StatusCode.Aborted, "y"));
        default(Status).StatusCode.ShouldBe(StatusCode.OK);
        new Status(StatusCode.NotFound, "gone").ToString().ShouldBe("Status(StatusCode=\"NotFound\", Detail=\"gone\")");
    }

    [Fact]
    public void RpcException_FromAStatus_CarriesItsPartsAndRefusesNoTrailers()
    {
        var cause = new InvalidOperationException("cause");
        var failure = new RpcException(new Status(StatusCode.Internal, "broken", cause));

        failure.StatusCode.ShouldBe(StatusCode.Internal);
        failure.Trailers.ShouldBeEmpty();
        failure.InnerException.ShouldBeSameAs(cause);
        failure.Message.ShouldContain("broken");
        Should.Throw<ArgumentNullException>(() => new RpcException(Status.DefaultCancelled, (Metadata)null!));
    }

    [Fact]
    public async Task UnaryCall_Awaited_GivesTheResponseAndDisposesOnce()
    {
        var disposed = 0;
        var headers = new Metadata { { "a", "1" } };
        var call = new AsyncUnaryCall<string>(
            Task.FromResult("answer"), Task.FromResult(headers), () => Status.DefaultSuccess, () => [], () => disposed++);

        (await call).ShouldBe("answer");
        (await call.ConfigureAwait(false)).ShouldBe("answer");
        (await call.ResponseHeadersAsync).ShouldBeSameAs(headers);
        call.GetStatus().ShouldBe(Status.DefaultSuccess);
        call.GetTrailers().ShouldBeEmpty();
        call.Dispose();
        disposed.ShouldBe(1);
    }

    [Fact]
    public void Marshaller_OverContextsOrArrays_GivesTheSameBytes()
    {
        var arrays = Marshallers.StringMarshaller;
        var contexts = Marshallers.Create<string>(
            (string text, SerializationContext context) =>
            {
                context.GetBufferWriter().Write(Encoding.UTF8.GetBytes(text));
                context.Complete();
            },
            (DeserializationContext context) => Encoding.UTF8.GetString(context.PayloadAsReadOnlySequence()));

        contexts.Serializer("grüße").ShouldBe(arrays.Serializer("grüße"));
        contexts.Deserializer(arrays.Serializer("grüße")).ShouldBe("grüße");
    }

    [Fact]
    public void Method_Described_HasItsPath()
    {
        var method = new Method<string, string>(
            MethodType.Unary, "pkg.Service", "Do", Marshallers.StringMarshaller, Marshallers.StringMarshaller);

        method.FullName.ShouldBe("/pkg.Service/Do");
        Should.Throw<ArgumentNullException>(() => new Method<string, string>(
            MethodType.Unary, "pkg.Service", null!, Marshallers.StringMarshaller, Marshallers.StringMarshaller));
    }

    [Fact]
    public void Credentials_ComposedOverCleartext_AreRefused()
    {
        var call = CallCredentials.FromInterceptor((_, _) => Task.CompletedTask);

        Should.Throw<ArgumentException>(() => ChannelCredentials.Create(ChannelCredentials.Insecure, call));
        ChannelCredentials.Create(ChannelCredentials.SecureSsl, call).ShouldNotBeNull();
        Should.Throw<ArgumentException>(() => CallCredentials.Compose(call));
    }

    [Fact]
    public void AuthContext_WithAnIdentity_IsAuthenticated()
    {
        var property = AuthProperty.Create("name", "x"u8.ToArray());
        var context = new AuthContext("name", new() { ["name"] = [property] });

        context.IsPeerAuthenticated.ShouldBeTrue();
        context.PeerIdentity.Single().Value.ShouldBe("x");
        context.FindPropertiesByName("other").ShouldBeEmpty();
        new AuthContext(null, []).IsPeerAuthenticated.ShouldBeFalse();
    }
}
