import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';
import protobuf from 'protobufjs';
import { fileURLToPath } from 'node:url';
import path from 'node:path';

const here = path.dirname(fileURLToPath(import.meta.url));
const definition = protoLoader.loadSync(path.join(here, 'interop.proto'), { keepCase: true, longs: Number, defaults: true });
export const { InteropService } = grpc.loadPackageDefinition(definition).standins.interop.v1;

const protos = path.join(here, '../../../protos');
const root = new protobuf.Root();
root.resolvePath = (_, target) => path.join(protos, target);
root.loadSync(['google/rpc/status.proto', 'google/rpc/error_details.proto']);
const Status = root.lookupType('google.rpc.Status');
const ErrorInfo = root.lookupType('google.rpc.ErrorInfo');
const typeUrl = 'type.googleapis.com/google.rpc.ErrorInfo';

export function encodeStatus(code, message) {
  const info = ErrorInfo.encode({ reason: 'INTEROP', domain: 'tests', metadata: { asked: message } }).finish();
  return Buffer.from(Status.encode({ code, message, details: [{ type_url: typeUrl, value: info }] }).finish());
}

export function decodeStatus(bytes) {
  const status = Status.decode(bytes);
  return { code: status.code, message: status.message, info: ErrorInfo.decode(status.details[0].value).toJSON() };
}
