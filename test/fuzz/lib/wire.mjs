import { connect } from 'node:net';

const PATIENCE_MS = 15_000;

/**
 * Writes `pieces` on a connection of its own and reads the answers to `methods`. `after` says what happens after the last
 * piece: `wait` for the answers, `end` our half and wait for the server to close, or `abort`.
 * @returns {Promise<{ answers: object[], problem?: string }>}
 */
export function exchange(port, pieces, methods, after) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const reader = new AnswerReader(methods);
    const finish = (problem) => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ answers: reader.answers, problem: problem ?? reader.problem });
    };
    const timer = setTimeout(() => finish(after === 'abort' ? undefined : 'no answer in time'), PATIENCE_MS);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      reader.end();
      finish(
        after === 'wait' && reader.answers.length === 0
          ? 'the connection ended without an answer'
          : undefined,
      );
    });
    socket.on('data', (chunk) => {
      reader.push(chunk);
      if (after === 'wait' && reader.answers.length === methods.length) finish();
    });
    socket.once('connect', async () => {
      await write(socket, pieces);
      if (after === 'end') socket.end();
      if (after === 'abort') finish();
    });
  });
}

async function write(socket, pieces) {
  for (const piece of pieces) {
    if (socket.destroyed) return;
    await new Promise((resolve) => socket.write(piece, resolve));
  }
}

/** Reads answers one after the other; 1xx ones do not count. */
class AnswerReader {
  answers = [];
  problem = undefined;
  received = Buffer.alloc(0);

  constructor(methods) {
    this.methods = methods;
  }

  push(chunk) {
    this.received = Buffer.concat([this.received, chunk]);
    while (this.take(false));
  }

  end() {
    while (this.take(true));
  }

  take(closed) {
    const end = this.received.indexOf('\r\n\r\n');
    if (end < 0) return false;
    const [line, ...fields] = this.received.subarray(0, end).toString('latin1').split('\r\n');
    const [, status] = /^HTTP\/1\.1 (\d{3})/.exec(line) ?? [];
    if (!status) {
      this.problem = `not an answer: ${line.slice(0, 100)}`;
      return false;
    }
    const headers = {};
    for (const field of fields)
      headers[field.slice(0, field.indexOf(':')).toLowerCase()] = field.slice(field.indexOf(':') + 1).trim();
    const rest = this.received.subarray(end + 4);
    if (status.startsWith('1')) {
      this.received = rest;
      return true;
    }
    const method = this.methods[this.answers.length] ?? 'GET';
    const bodiless = method === 'HEAD' || status === '204' || status === '304';
    const body = bodiless ? { bytes: Buffer.alloc(0), length: 0 } : readBody(headers, rest, closed);
    if (!body) return false;
    this.answers.push({ method, status: Number(status), headers, body: body.bytes.toString('utf8') });
    this.received = rest.subarray(body.length);
    return true;
  }
}

function readBody(headers, rest, closed) {
  if (headers['content-length'] !== undefined) {
    const length = Number(headers['content-length']);
    return rest.length >= length ? { bytes: rest.subarray(0, length), length } : undefined;
  }
  if (headers['transfer-encoding'] === 'chunked') return readChunks(rest);
  return closed ? { bytes: rest, length: rest.length } : undefined;
}

function readChunks(rest) {
  const chunks = [];
  for (let at = 0; ;) {
    const end = rest.indexOf('\r\n', at);
    if (end < 0) return undefined;
    const size = parseInt(rest.subarray(at, end).toString('latin1'), 16);
    if (rest.length < end + 2 + size + 2) return undefined;
    if (size === 0) return { bytes: Buffer.concat(chunks), length: end + 4 };
    chunks.push(rest.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
}
