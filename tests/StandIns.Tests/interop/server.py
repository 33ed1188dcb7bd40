"""The service over grpcio: prints its port, ends when its input does."""
import sys
import threading
from concurrent import futures

import grpc

from messages import SERVICE, Answer, Ask, Observation, encode_status

CODES = {code.value[0]: code for code in grpc.StatusCode}
cancelled = 0
waited = 0
lock = threading.Lock()


def greet(context):
    sent = context.invocation_metadata()
    context.send_initial_metadata([(key, value) for key, value in sent if key in ("x-text", "x-data-bin")])
    context.set_trailing_metadata(trailers(context))


def trailers(context):
    return [("x-trailer-bin", value) for key, value in context.invocation_metadata() if key == "x-data-bin"]


def fail(ask, context):
    if ask.fail_code:
        details = ("grpc-status-details-bin", encode_status(ask.fail_code, ask.text))
        context.set_trailing_metadata([*trailers(context), details])
        context.abort(CODES[ask.fail_code], ask.text)


def wait(context):
    global cancelled, waited
    ended = threading.Event()
    with lock:
        waited += 1
    if context.add_callback(ended.set):
        ended.wait()
    with lock:
        cancelled += 1


def answer_to(ask, context):
    remaining = context.time_remaining()
    millis = 0 if remaining is None or remaining > 1e9 else round(remaining * 1000)
    return Answer(text=ask.text, count=ask.count, data=ask.data, remaining_millis=millis)


def compress(ask, context):
    context.set_compression(grpc.Compression.Gzip if ask.compress else grpc.Compression.NoCompression)


def unary(ask, context):
    compress(ask, context)
    greet(context)
    if ask.wait:
        wait(context)
    fail(ask, context)
    return answer_to(ask, context)


def client_stream(asks, context):
    greet(context)
    answer = Answer()
    for ask in asks:
        fail(ask, context)
        answer.text += ask.text
        answer.count += ask.count
    return answer


def server_stream(ask, context):
    compress(ask, context)
    greet(context)
    for number in range(1, ask.count + 1):
        yield Answer(text=ask.text, count=number, data=ask.data)
    if ask.wait:
        wait(context)
    fail(ask, context)


def duplex(asks, context):
    greet(context)
    for ask in asks:
        fail(ask, context)
        yield answer_to(ask, context)


def observe(_, context):
    return Observation(cancelled=cancelled, waited=waited)


def handler(make, function, reply=Answer):
    return make(function, request_deserializer=Ask.FromString, response_serializer=reply.SerializeToString)


server = grpc.server(futures.ThreadPoolExecutor(16), options=[("grpc.max_receive_message_length", 4 * 1024 * 1024)])
server.add_generic_rpc_handlers([grpc.method_handlers_generic_handler(SERVICE, {
    "Unary": handler(grpc.unary_unary_rpc_method_handler, unary),
    "ClientStream": handler(grpc.stream_unary_rpc_method_handler, client_stream),
    "ServerStream": handler(grpc.unary_stream_rpc_method_handler, server_stream),
    "Duplex": handler(grpc.stream_stream_rpc_method_handler, duplex),
    "Observe": handler(grpc.unary_unary_rpc_method_handler, observe, Observation),
})])
print(server.add_insecure_port("127.0.0.1:0"), flush=True)
server.start()
sys.stdin.read()
server.stop(None)
