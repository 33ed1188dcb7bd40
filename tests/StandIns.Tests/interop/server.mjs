// The service over @grpc/grpc-js: prints its port, ends when its input does.
import grpc from '@grpc/grpc-js';
import { InteropService, encodeStatus } from './shared.mjs';

const noCompress = 2;
let cancelled = 0;
let waited = 0;

function greet(call) {
  const headers = new grpc.Metadata();
  const trailers = new grpc.Metadata();
  for (const value of call.metadata.get('x-text')) headers.add('x-text', value);
  for (const value of call.metadata.get('x-data-bin')) {
    headers.add('x-data-bin', value);
    trailers.add('x-trailer-bin', value);
  }
  call.sendMetadata(headers);
  return trailers;
}

function failure(ask, trailers) {
  if (ask.fail_code === 0) return null;
  trailers.set('grpc-status-details-bin', encodeStatus(ask.fail_code, ask.text));
  return { code: ask.fail_code, details: ask.text, metadata: trailers };
}

function answerTo(call, ask) {
  const deadline = call.getDeadline();
  const remaining = Number.isFinite(+deadline) ? +deadline - Date.now() : 0;
  return { text: ask.text, count: ask.count, data: ask.data, remaining_millis: Math.round(remaining) };
}

function whenCancelled(call, end) {
  waited += 1;
  call.on('cancelled', () => { cancelled += 1; end(); });
}

const server = new grpc.Server({ 'grpc.max_receive_message_length': 4 * 1024 * 1024 });
server.addService(InteropService.service, {
  Unary(call, done) {
    const ask = call.request;
    const trailers = greet(call);
    if (ask.wait) return whenCancelled(call, () => done({ code: grpc.status.CANCELLED }));
    const failed = failure(ask, trailers);
    const flags = ask.compress ? 0 : noCompress;
    return failed ? done(failed) : done(null, answerTo(call, ask), trailers, flags);
  },
  ClientStream(call, done) {
    const trailers = greet(call);
    const answer = { text: '', count: 0 };
    call.on('data', ask => {
      const failed = failure(ask, trailers);
      if (failed) return done(failed);
      answer.text += ask.text;
      answer.count += ask.count;
    });
    call.on('end', () => done(null, answer, trailers));
  },
  ServerStream(call) {
    const ask = call.request;
    const trailers = greet(call);
    for (let number = 1; number <= ask.count; number += 1) call.write({ text: ask.text, count: number, data: ask.data });
    if (ask.wait) return whenCancelled(call, () => call.end());
    const failed = failure(ask, trailers);
    return failed ? call.emit('error', failed) : call.end(trailers);
  },
  Duplex(call) {
    const trailers = greet(call);
    call.on('data', ask => {
      const failed = failure(ask, trailers);
      if (failed) call.emit('error', failed);
      else call.write(answerTo(call, ask));
    });
    call.on('end', () => call.end(trailers));
  },
  Observe(call, done) {
    done(null, { cancelled, waited });
  },
});

server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  console.log(port);
});
process.stdin.on('end', () => process.exit(0)).resume();
