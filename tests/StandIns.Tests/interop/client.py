"""Every scenario against the server at the given address; prints a line of JSON for each: its name, and why it failed."""
import json
import queue
import sys
import time
import traceback

import grpc

from messages import SERVICE, Answer, Ask, Observation, decode_status

channel = grpc.insecure_channel(sys.argv[1])
every_byte = bytes(range(256))


def method(make, name, reply=Answer):
    return make(f"/{SERVICE}/{name}", request_serializer=Ask.SerializeToString, response_deserializer=reply.FromString)


unary = method(channel.unary_unary, "Unary")
client_stream = method(channel.stream_unary, "ClientStream")
server_stream = method(channel.unary_stream, "ServerStream")
duplex = method(channel.stream_stream, "Duplex")
observe = method(channel.unary_unary, "Observe", Observation)
scenarios = {}


def scenario(name):
    return lambda function: scenarios.setdefault(name, function)


def fails(code, function):
    try:
        function()
    except (grpc.RpcError, grpc.FutureCancelledError) as error:
        actual = grpc.StatusCode.CANCELLED if isinstance(error, grpc.FutureCancelledError) else error.code()
        assert actual == code, error
        return error
    raise AssertionError(f"expected {code}")


def until(seen, what):
    end = time.monotonic() + 10
    while time.monotonic() < end:
        if seen(observe(Ask())):
            return
        time.sleep(0.02)
    raise AssertionError(f"the server did not notice {what}")


def cancellation_seen(before):
    until(lambda now: now.cancelled > before, "the cancellation")


@scenario("unary")
def _():
    answer = unary(Ask(text="grüße 👋", count=7, data=b"\0\xff"))
    assert (answer.text, answer.count, answer.data) == ("grüße 👋", 7, b"\0\xff")


@scenario("empty message")
def _():
    assert unary(Ask()).text == ""


@scenario("client streaming")
def _():
    answer = client_stream(Ask(text="x", count=number) for number in range(1, 101))
    assert (answer.text, answer.count) == ("x" * 100, 5050)


@scenario("server streaming")
def _():
    assert [answer.count for answer in server_stream(Ask(text="n", count=100))] == list(range(1, 101))


@scenario("duplex streaming")
def _():
    asks = queue.Queue()
    asks.put(Ask(count=1))
    seen = 0
    for answer in duplex(iter(asks.get, None)):
        seen += 1
        asks.put(Ask(count=answer.count + 1) if answer.count < 50 else None)
    assert seen == 50


@scenario("binary metadata and trailers")
def _():
    sent = [("x-text", "plain text"), ("x-data-bin", every_byte)]
    _, call = unary.with_call(Ask(), metadata=sent)
    headers = [(key, value) for key, value in call.initial_metadata() if key.startswith("x-")]
    assert sorted(headers) == sorted(sent), headers
    trailers = [value for key, value in call.trailing_metadata() if key == "x-trailer-bin"]
    assert trailers == [every_byte], trailers


@scenario("status details")
def _():
    message = "größer als 100 % – nein"
    code = grpc.StatusCode.FAILED_PRECONDITION
    error = fails(code, lambda: unary(Ask(text=message, fail_code=code.value[0])))
    assert error.details() == message
    status, info = decode_status(dict(error.trailing_metadata())["grpc-status-details-bin"])
    assert (status.code, status.message, info.reason) == (code.value[0], message, "INTEROP")
    assert dict(info.metadata) == {"asked": message}


@scenario("failure in a stream")
def _():
    call = server_stream(Ask(text="no more", count=3, fail_code=grpc.StatusCode.ABORTED.value[0]))
    assert [next(call).count for _ in range(3)] == [1, 2, 3]
    assert fails(grpc.StatusCode.ABORTED, lambda: next(call)).details() == "no more"


@scenario("server ends while the client writes")
def _():
    asks = queue.Queue()
    asks.put(Ask(text="stop", fail_code=grpc.StatusCode.CANCELLED.value[0]))
    call = duplex(iter(asks.get, None))
    assert fails(grpc.StatusCode.CANCELLED, lambda: next(call)).details() == "stop"
    asks.put(None)


@scenario("deadline")
def _():
    before = observe(Ask()).cancelled
    fails(grpc.StatusCode.DEADLINE_EXCEEDED, lambda: unary(Ask(wait=True), timeout=0.3))
    cancellation_seen(before)
    remaining = unary(Ask(), timeout=60).remaining_millis
    assert 30000 < remaining < 70000, remaining  # grpcio rounds timeouts up


@scenario("client cancels a unary call")
def _():
    before = observe(Ask())
    call = unary.future(Ask(wait=True))
    until(lambda now: now.waited > before.waited, "the call")
    call.cancel()
    fails(grpc.StatusCode.CANCELLED, call.result)
    cancellation_seen(before.cancelled)


@scenario("client cancels a stream")
def _():
    before = observe(Ask()).cancelled
    call = server_stream(Ask(count=2, wait=True))
    assert [next(call).count for _ in range(2)] == [1, 2]
    call.cancel()
    fails(grpc.StatusCode.CANCELLED, lambda: next(call))
    cancellation_seen(before)


@scenario("compression")
def _():
    data = b"abc" * 70000
    answer = unary(Ask(data=data, compress=True), compression=grpc.Compression.Gzip)
    assert answer.data == data
    assert answer.encoding == "gzip", answer.encoding


@scenario("message over the limit")
def _():
    fails(grpc.StatusCode.RESOURCE_EXHAUSTED, lambda: unary(Ask(data=bytes(5 * 1024 * 1024))))


@scenario("unknown method")
def _():
    fails(grpc.StatusCode.UNIMPLEMENTED, lambda: method(channel.unary_unary, "Nothing")(Ask()))


for name, run in scenarios.items():
    try:
        run()
        failure = None
    except BaseException:
        failure = traceback.format_exc()
    print(json.dumps({"name": name, "failure": failure}), flush=True)
