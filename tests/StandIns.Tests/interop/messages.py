"""Message classes from the descriptors that the tests wrote to the folder in INTEROP_DESCRIPTORS."""
import os

from google.protobuf import any_pb2, descriptor_pb2, descriptor_pool, duration_pb2  # noqa: F401
from google.protobuf import message_factory

_pool = descriptor_pool.Default()
for _name in sorted(os.listdir(os.environ["INTEROP_DESCRIPTORS"])):
    with open(os.path.join(os.environ["INTEROP_DESCRIPTORS"], _name), "rb") as _file:
        _pool.AddSerializedFile(_file.read())


def _class(name):
    descriptor = _pool.FindMessageTypeByName(name)
    if hasattr(message_factory, "GetMessageClass"):
        return message_factory.GetMessageClass(descriptor)
    return message_factory.MessageFactory(_pool).GetPrototype(descriptor)


SERVICE = "standins.interop.v1.InteropService"
Ask = _class("standins.interop.v1.Ask")
Answer = _class("standins.interop.v1.Answer")
Observation = _class("standins.interop.v1.Observation")
Status = _class("google.rpc.Status")
ErrorInfo = _class("google.rpc.ErrorInfo")


def encode_status(code, message):
    status = Status(code=code, message=message)
    status.details.add().Pack(ErrorInfo(reason="INTEROP", domain="tests", metadata={"asked": message}))
    return status.SerializeToString()


def decode_status(content):
    status = Status.FromString(content)
    info = ErrorInfo()
    assert status.details[0].Unpack(info)
    return status, info
