// Every scenario against the server at the given address; prints a line of JSON for each: its name, and why it failed.
import assert from 'node:assert/strict';
import grpc from '@grpc/grpc-js';
import { InteropService, decodeStatus } from './shared.mjs';

const address = process.argv[2];
const plain = new InteropService(address, grpc.credentials.createInsecure());
const gzip = new InteropService(address, grpc.credentials.createInsecure(), { 'grpc.default_compression_algorithm': 2 });
const everyByte = Buffer.from(Array.from({ length: 256 }, (_, value) => value));
const hello = { text: 'grüße 👋', count: 7, data: Buffer.from([0, 255]) };

function unary(client, ask, metadata = new grpc.Metadata(), options = {}) {
  return new Promise(resolve => {
    const seen = {};
    const call = client.Unary(ask, metadata, options, (error, answer) => { seen.error = error; seen.answer = answer; });
    call.on('metadata', headers => { seen.headers = headers; });
    call.on('status', status => { seen.status = status; setImmediate(() => resolve(seen)); });
    seen.call = call;
  });
}

function collect(call) {
  return new Promise(resolve => {
    const seen = { answers: [] };
    call.on('data', answer => seen.answers.push(answer));
    call.on('error', () => {});
    call.on('status', status => { seen.status = status; resolve(seen); });
  });
}

function observe() {
  return new Promise((resolve, reject) => plain.Observe({}, (error, seen) => (error ? reject(error) : resolve(seen.cancelled))));
}

async function cancellationSeen(before) {
  for (const end = Date.now() + 10000; Date.now() < end;) {
    if (await observe() > before) return;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  assert.fail('the server did not notice the cancellation');
}

const scenarios = {
  async unary() {
    const { answer, status } = await unary(plain, hello);
    assert.equal(answer.text, hello.text);
    assert.equal(answer.count, 7);
    assert.deepEqual(answer.data, hello.data);
    assert.equal(status.code, grpc.status.OK);
  },
  async 'empty message'() {
    const { answer, status } = await unary(plain, {});
    assert.equal(answer.text, '');
    assert.equal(status.code, grpc.status.OK);
  },
  async 'client streaming'() {
    const answer = await new Promise((resolve, reject) => {
      const call = plain.ClientStream((error, value) => (error ? reject(error) : resolve(value)));
      for (let number = 1; number <= 100; number += 1) call.write({ text: 'x', count: number });
      call.end();
    });
    assert.equal(answer.text, 'x'.repeat(100));
    assert.equal(answer.count, 5050);
  },
  async 'server streaming'() {
    const { answers, status } = await collect(plain.ServerStream({ text: 'n', count: 100 }));
    assert.deepEqual(answers.map(answer => answer.count), Array.from({ length: 100 }, (_, index) => index + 1));
    assert.equal(status.code, grpc.status.OK);
  },
  async 'duplex streaming'() {
    const call = plain.Duplex();
    const ended = collect(call);
    call.on('data', answer => { if (answer.count < 50) call.write({ count: answer.count + 1 }); else call.end(); });
    call.write({ count: 1 });
    const { answers, status } = await ended;
    assert.equal(answers.length, 50);
    assert.equal(status.code, grpc.status.OK);
  },
  async 'binary metadata and trailers'() {
    const metadata = new grpc.Metadata();
    metadata.add('x-text', 'plain text');
    metadata.add('x-data-bin', everyByte);
    const { headers, status } = await unary(plain, hello, metadata);
    assert.deepEqual(headers.get('x-text'), ['plain text']);
    assert.deepEqual(headers.get('x-data-bin'), [everyByte]);
    assert.deepEqual(status.metadata.get('x-trailer-bin'), [everyByte]);
  },
  async 'status details'() {
    const message = 'größer als 100 % – nein';
    const { status } = await unary(plain, { text: message, fail_code: grpc.status.FAILED_PRECONDITION });
    assert.equal(status.code, grpc.status.FAILED_PRECONDITION);
    assert.equal(status.details, message);
    const details = decodeStatus(status.metadata.get('grpc-status-details-bin')[0]);
    assert.equal(details.message, message);
    assert.deepEqual(details.info, { reason: 'INTEROP', domain: 'tests', metadata: { asked: message } });
  },
  async 'failure in a stream'() {
    const { answers, status } = await collect(plain.ServerStream({ text: 'no more', count: 3, fail_code: grpc.status.ABORTED }));
    assert.equal(answers.length, 3);
    assert.equal(status.code, grpc.status.ABORTED);
    assert.equal(status.details, 'no more');
  },
  async 'server ends while the client writes'() {
    const call = plain.Duplex();
    const ended = collect(call);
    call.write({ text: 'stop', fail_code: grpc.status.CANCELLED });
    const { status } = await ended;
    assert.equal(status.code, grpc.status.CANCELLED);
    assert.equal(status.details, 'stop');
  },
  async deadline() {
    const before = await observe();
    const { status } = await unary(plain, { wait: true }, undefined, { deadline: Date.now() + 300 });
    assert.equal(status.code, grpc.status.DEADLINE_EXCEEDED);
    await cancellationSeen(before);
    const { answer } = await unary(plain, hello, undefined, { deadline: Date.now() + 60000 });
    assert.ok(answer.remaining_millis > 30000 && answer.remaining_millis <= 60000, `${answer.remaining_millis}`);
  },
  async 'client cancels a unary call'() {
    const before = await observe();
    const ended = new Promise(resolve => {
      const call = plain.Unary({ wait: true }, error => resolve(error));
      call.on('metadata', () => call.cancel());
    });
    assert.equal((await ended).code, grpc.status.CANCELLED);
    await cancellationSeen(before);
  },
  async 'client cancels a stream'() {
    const before = await observe();
    const call = plain.ServerStream({ count: 2, wait: true });
    const ended = collect(call);
    call.on('data', answer => { if (answer.count === 2) call.cancel(); });
    assert.equal((await ended).status.code, grpc.status.CANCELLED);
    await cancellationSeen(before);
  },
  async compression() {
    const data = Buffer.alloc(200000, 'abc');
    const { answer, status } = await unary(gzip, { data, compress: true });
    assert.equal(status.code, grpc.status.OK, status.details);
    assert.deepEqual(answer.data, data);
    assert.equal(answer.encoding, 'gzip');
  },
  async 'message over the limit'() {
    const { status } = await unary(plain, { data: Buffer.alloc(5 * 1024 * 1024) });
    assert.equal(status.code, grpc.status.RESOURCE_EXHAUSTED);
  },
  async 'unknown method'() {
    const status = await new Promise(resolve => plain.makeUnaryRequest(
      '/standins.interop.v1.InteropService/Nothing', value => value, value => value, Buffer.alloc(0), resolve));
    assert.equal(status.code, grpc.status.UNIMPLEMENTED);
  },
};

for (const [name, run] of Object.entries(scenarios)) {
  let failure = null;
  try {
    await run();
  } catch (error) {
    failure = error.stack;
  }
  console.log(JSON.stringify({ name, failure }));
}
plain.close();
gzip.close();
