const CRLF = '\r\n';

/**
 * Ways to put a request on the wire. Each answers `{ pieces, methods, after, lenient, target }`; lenient ones are no well-formed
 * HTTP, so the server may close the connection without a word.
 */
const FRAMINGS = [
  [60, (request) => plain(request)],
  [
    8,
    (request, random) => ({
      ...plain(request),
      pieces: inPieces(random, Buffer.concat(plain(request).pieces)),
    }),
  ],
  [8, (request, random) => chunked(request, random)],
  [4, (request, random) => pipelined(request, random)],
  [3, (request) => absolute(request)],
  [3, (request, random) => cutOff(request, random, 'end')],
  [3, (request, random) => cutOff(request, random, 'abort')],
  [3, (request, random) => brokenChunks(request, random)],
  [3, (request, random) => brokenHead(request, random)],
  [1, (request) => ({ ...plain(request), after: 'abort' })],
  [
    1,
    (_, random) => ({
      pieces: [random.bytes(1 + random.int(200))],
      methods: ['GET'],
      after: 'end',
      lenient: true,
    }),
  ],
];

export function frame(random, request) {
  return random.weighted(FRAMINGS)(request, random);
}

function head({ method, target, headers }, more = [], version = 'HTTP/1.1') {
  const lines = [`${method} ${target} ${version}`, 'Host: 127.0.0.1'];
  for (const [name, value] of [...headers, ...more]) lines.push(`${name}: ${value}`);
  return Buffer.from(lines.join(CRLF) + CRLF + CRLF, 'latin1');
}

function plain(request) {
  const length = request.body.length > 0 ? [['Content-Length', request.body.length]] : [];
  const first = head(request, length);
  return {
    pieces: [first, request.body],
    methods: [request.method],
    after: 'wait',
    lenient: mayBeReset(request, first),
  };
}

/** A server that closes a connection while we still write resets it, and the answer may be lost on the way. */
function mayBeReset({ headers, body }, first) {
  return first.length > 12_000 || (body.length > 0 && headers.some(([, value]) => value === 'close'));
}

function inPieces(random, bytes) {
  const pieces = [];
  for (let at = 0; at < bytes.length;) {
    const length = 1 + random.int(Math.max(1, Math.ceil(bytes.length / 4)));
    pieces.push(bytes.subarray(at, at + length));
    at += length;
  }
  return pieces;
}

function chunked(request, random) {
  const pieces = [head(request, [['Transfer-Encoding', 'chunked']])];
  for (const piece of inPieces(random, request.body)) {
    const extension = random.chance(0.1) ? ';a="b"' : '';
    pieces.push(
      Buffer.concat([
        Buffer.from(`${piece.length.toString(16)}${extension}${CRLF}`),
        piece,
        Buffer.from(CRLF),
      ]),
    );
  }
  pieces.push(Buffer.from(`0${CRLF}${random.chance(0.2) ? `X-Trailer: a${CRLF}` : ''}${CRLF}`));
  return { pieces, methods: [request.method], after: 'wait', lenient: mayBeReset(request, pieces[0]) };
}

/** The same request several times; the first answers may close the connection. */
function pipelined(request, random) {
  const one = Buffer.concat(plain(request).pieces);
  const count = 2 + random.int(4);
  return {
    pieces: [Buffer.concat(Array(count).fill(one))],
    methods: Array(count).fill(request.method),
    after: 'end',
    lenient: true,
  };
}

function absolute(request) {
  return plain({ ...request, target: `http://evil.example${request.target}` });
}

function cutOff(request, random, after) {
  const bytes = Buffer.concat(plain(request).pieces);
  return {
    pieces: [bytes.subarray(0, random.int(bytes.length))],
    methods: [request.method],
    after,
    lenient: true,
  };
}

function brokenChunks(request, random) {
  const tail = random.pick([
    'zz\r\n',
    '5\r\nab',
    'ffffffffffffffffff\r\n',
    '-1\r\n\r\n',
    '0\r\n',
    '1;' + 'x'.repeat(20_000),
    '2\r\nab0\r\n\r\n',
  ]);
  const pieces = [head(request, [['Transfer-Encoding', 'chunked']]), Buffer.from(tail)];
  return { pieces, methods: [request.method], after: 'end', lenient: true };
}

function brokenHead(request, random) {
  const { method, target } = request;
  const text = random.pick([
    `${method} ${target}${CRLF}${CRLF}`,
    `${method} ${target} HTTP/1.0${CRLF}${CRLF}`,
    `${method} ${target} HTTP/1.1${CRLF}${CRLF}`,
    `${method} ${target} HTTP/9.9${CRLF}Host: x${CRLF}${CRLF}`,
    `${method} ${target} HTTP/1.1${CRLF}Host: a${CRLF}Host: b${CRLF}${CRLF}`,
    `${method} ${target} HTTP/1.1\nHost: x\n\n`,
    `${method} ${target} HTTP/1.1${CRLF}Host: x${CRLF}A : b${CRLF}${CRLF}`,
    `${method} ${target} HTTP/1.1${CRLF}Host: x${CRLF} folded${CRLF}${CRLF}`,
    `${method} ${target} HTTP/1.1${CRLF}Host: x${CRLF}Content-Length: -1${CRLF}${CRLF}`,
    `${method} ${target} HTTP/1.1${CRLF}Host: x${CRLF}Content-Length: 5${CRLF}Content-Length: 6${CRLF}${CRLF}abcdef`,
    `${method} ${target} HTTP/1.1${CRLF}Host: x${CRLF}Content-Length: 3${CRLF}Transfer-Encoding: chunked${CRLF}${CRLF}0${CRLF}${CRLF}`,
    `${method} ${target} HTTP/1.1${CRLF}Host: x${CRLF}Transfer-Encoding: gzip${CRLF}${CRLF}abc`,
    `${method} ${target} HTTP/1.1${CRLF}Host: x${CRLF}Transfer-Encoding: chunked, chunked${CRLF}${CRLF}0${CRLF}${CRLF}`,
    `${method} ${target} HTTP/1.1${CRLF}Host: x${CRLF}${'X-Many: y\r\n'.repeat(3_000)}${CRLF}`,
    `${method} ${target} HTTP/1.1${CRLF}Host: x${CRLF}X-Long: ${'y'.repeat(20_000)}${CRLF}${CRLF}`,
    `${method.toLowerCase()} ${target} HTTP/1.1${CRLF}Host: x${CRLF}${CRLF}`,
    `CONNECT evil.example:443 HTTP/1.1${CRLF}Host: x${CRLF}${CRLF}`,
    `OPTIONS * HTTP/1.1${CRLF}Host: x${CRLF}${CRLF}`,
    `PRI * HTTP/2.0${CRLF}${CRLF}SM${CRLF}${CRLF}`,
  ]);
  const [, written] = text.split(' ', 2);
  return {
    pieces: [Buffer.from(text, 'latin1')],
    methods: [method],
    target: written,
    after: 'end',
    lenient: true,
  };
}
