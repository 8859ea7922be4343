import { brokenJson, mutatedJson, oddJson, oddSegment, oddString, uuid } from './values.mjs';

const METHODS = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
  'QUERY',
  'M-SEARCH',
];
const PATHS = [
  '/',
  '/*',
  '//',
  '/docs',
  '/docs/',
  '/docs/swagger-ui-init.js',
  '/docs/..%2f..%2fpackage.json',
  '/docs/admin.json/',
  '/health',
  '/health/live',
  '/health/ready',
  '/metrics',
  '/favicon.ico',
  '/robots.txt',
  '/connect',
  '/connect/token/',
  '/CONNECT/TOKEN',
  '/api',
  '/api/',
  '/api/client',
  '/api/client/../admin',
  '/api/admin',
  '/api/auth',
  '/v0',
  '/V0/Feelbacks/getaggregates',
  '/v0/projects/list',
  '/v1/feedback',
  '/api/v1/source/import',
  '/api/v1/source/import/x/events',
  '/api/projects/1',
  '/.well-known/jwks.json',
  '/.well-known/openid-configuration',
  '/.git/config',
];
const TYPES = [
  'application/json',
  'application/json; charset=utf-8',
  'application/json; charset=utf-16',
  'application/json;charset="x',
  'APPLICATION/JSON',
  'application/vnd.api+json',
  'application/x-www-form-urlencoded',
  'application/x-ndjson',
  'text/plain',
  'text/html',
  '',
  ';',
  'multipart/form-data',
  'multipart/form-data; boundary=',
  'multipart/mixed; boundary=x',
  'application/xml',
  'a'.repeat(300),
];
const HEADERS = [
  () => ['X-Request-Id', 'x'],
  (r) => ['X-Request-Id', uuid(r)],
  (r) => ['Idempotency-Key', headerText(oddString(r))],
  (r) => ['Idempotency-Key', uuid(r)],
  () => ['Idempotency-Key', 'k'.repeat(300)],
  () => ['Accept', 'text/html'],
  () => ['Accept', 'application/xml;q=0.1, */*;q=0'],
  () => ['Accept-Encoding', 'gzip, br'],
  () => ['Range', 'bytes=0-1,5-,-7'],
  () => ['If-None-Match', '*'],
  () => ['If-Match', '"x"'],
  () => ['Origin', 'null'],
  () => ['Origin', 'http://evil.example'],
  () => ['Access-Control-Request-Method', 'POST'],
  () => ['Cookie', 'a=b; __proto__=c'],
  () => ['X-Forwarded-For', '1.2.3.4, ::1'],
  () => ['X-HTTP-Method-Override', 'DELETE'],
  () => ['Forwarded', 'for=x'],
  () => ['Upgrade', 'websocket'],
  () => ['TE', 'trailers'],
  () => ['Expect', '100-continue'],
  () => ['Expect', 'the unexpected'],
  () => ['Connection', 'close'],
  () => ['Connection', 'Upgrade'],
  () => ['Content-Encoding', 'gzip'],
  () => ['Content-Encoding', 'br'],
  () => ['Content-Encoding', 'identity'],
  () => ['Content-Encoding', 'zstd'],
  (r) => ['X-Odd', headerText(r.bytes(20).toString('latin1'))],
];
const TOKENS = [
  '',
  'x',
  '.',
  '..',
  'a.b.c',
  'e30.e30.',
  'eyJhbGciOiJub25lIn0.e30.',
  'a'.repeat(3_000),
  'ü',
  ' ',
];

/** One request: `{ method, target, headers, body, expectsAnswer }`. */
export function makeRequest(random, operations, world) {
  return random.chance(0.75)
    ? documented(random, random.pick(operations), world)
    : undocumented(random, world);
}

function documented(random, operation, world) {
  const method = random.chance(0.05) ? random.pick(METHODS) : operation.method;
  const changes = method === 'PATCH' || method === 'DELETE' || operation.path.endsWith('/secrets');
  const known = changes ? world.expendable : [...world.ids, ...world.expendable];
  const own = world.own[operation.dialect];
  let target = operation.path.replace(/\{([^}]+)\}/g, (_, name) =>
    own?.[name] !== undefined && random.chance(0.85)
      ? own[name]
      : random.chance(0.75)
        ? random.pick(known)
        : oddSegment(random),
  );
  if (random.chance(0.05)) target += random.pick(['/', '?', '#', '//', '/x', '%20', ';', '/..', '?a[b]=c']);
  target += queryString(random, operation.query);
  const headers = authorization(random, operation.dialect, world);
  addHeaders(random, headers, operation.headers);
  return withBody(random, { method, target, headers }, operation, world);
}

function undocumented(random, world) {
  let target = random.pick(PATHS);
  if (random.chance(0.4)) target += `/${oddSegment(random)}`;
  if (random.chance(0.02)) target += 'a'.repeat(random.pick([2_000, 15_000, 17_000]));
  target += queryString(random, ['access_token', 'limit']);
  const headers = authorization(random, random.pick(Object.keys(world.tokens)), world);
  addHeaders(random, headers, []);
  const operation = { type: random.pick(TYPES), example: { a: 1 } };
  return withBody(random, { method: random.pick(METHODS), target, headers }, operation, world);
}

function queryString(random, names) {
  if (random.chance(0.6)) return '';
  const all = [...names, 'limit', 'cursor', 'a', '__proto__', 'a[b]', 'access_token'];
  const value = () =>
    random.weighted([
      [3, () => encodeURIComponent(oddString(random).toWellFormed())],
      [2, () => String(random.int(200) - 20)],
      [1, () => Buffer.from(oddJson(random, 2)).toString('base64url')],
      [1, () => random.pick(['%', '%zz', '%ff', '&&', '=', '+'])],
    ])();
  const pairs = Array.from({ length: 1 + random.int(3) }, () => `${random.pick(all)}=${value()}`);
  return `?${pairs.join('&')}`;
}

function authorization(random, dialect, world) {
  const good = world.tokens[dialect];
  const scheme = dialect === 'feelback' ? 'API-KEY' : 'Bearer';
  if (dialect === 'source-import' && random.chance(0.9)) {
    const key = random.chance(0.85) ? good : random.pick([mangled(random, good), ...TOKENS]);
    return [['X-API-KEY', headerText(key)]];
  }
  if (dialect === 'user-feedback' && random.chance(0.8))
    return [['X-Api-Key', headerText(random.chance(0.95) ? good : mangled(random, good))]];
  const value = random.weighted([
    [8, () => `${scheme} ${good}`],
    [0.5, () => `${scheme.toLowerCase()}  ${good}`],
    [0.5, () => `Bearer ${world.tokens[random.pick(Object.keys(world.tokens))]}`],
    [0.5, () => `${scheme} ${mangled(random, good)}`],
    [0.5, () => `${random.pick(['Bearer', 'Basic', 'API-KEY', 'Digest', ''])} ${random.pick(TOKENS)}`],
    [0.3, () => `Basic ${Buffer.from(`${oddString(random)}:${oddString(random)}`).toString('base64')}`],
    [0.5, () => undefined],
  ])();
  return value === undefined ? [] : [['Authorization', headerText(value)]];
}

/** A token with one character changed, removed or doubled. */
function mangled(random, token) {
  const at = random.int(token.length);
  return token.slice(0, at) + random.pick(['', 'A', '.', token[at] + token[at]]) + token.slice(at + 1);
}

function addHeaders(random, headers, names) {
  while (random.chance(0.3)) headers.push(random.pick(HEADERS)(random));
  for (const name of names) if (random.chance(0.3)) headers.push([name, headerText(oddString(random))]);
}

function withBody(random, request, operation, world) {
  const { type } = operation;
  if ((type === undefined && random.chance(0.9)) || request.method === 'GET')
    return { ...request, body: Buffer.alloc(0) };
  const body = bodyFor(random, operation, world);
  const contentType = random.chance(0.06) ? random.pick(TYPES) : (body.type ?? type ?? 'application/json');
  return { ...request, headers: [...request.headers, ['Content-Type', contentType]], body: body.bytes };
}

function bodyFor(random, operation, world) {
  const { type, example } = operation;
  if (type?.startsWith('multipart/form-data')) return multipart(random);
  if (type === 'application/x-www-form-urlencoded') return { bytes: Buffer.from(form(random, world)) };
  const text = random.weighted([
    [3, () => JSON.stringify(example ?? {})],
    [6, () => mutatedJson(random, example ?? {})],
    [2, () => oddJson(random)],
    [1, () => brokenJson(random)],
    [0.2, () => JSON.stringify({ description: 'x'.repeat(70_000) })],
  ])();
  const bytes = Buffer.from(
    withStandIns(text, operation, world)
      .replaceAll('"user@example.com"', () => `"user-${random.int(1e9)}@example.com"`)
      // Rows for a source that is there.
      .replaceAll(/(?<="source_id":)"[0-9a-f-]{36}"/g, `"${world.credentials.sourceImport.sourceId}"`),
  );
  return { bytes: random.chance(0.03) ? Buffer.concat([bytes, random.bytes(20)]) : bytes };
}

/** Makes examples refer to what is there; nothing that the run depends on is put away. */
function withStandIns(text, { dialect, path }, { standIns }) {
  if (dialect !== 'feelback') return text;
  const ids = Object.entries(standIns).filter(([example]) => example === '"1"' || !path.endsWith('/archive'));
  return ids.reduce((all, [example, id]) => all.replaceAll(example, id), text);
}

function form(random, { credentials: { insiderConnect } }) {
  const pairs = Object.entries({
    grant_type: 'client_credentials',
    client_id: insiderConnect.clientId,
    client_secret: insiderConnect.clientSecret,
    scope: 'feedback.read',
  }).map(([name, value]) => {
    const kept = random.chance(0.8);
    return `${random.chance(0.95) ? name : '__proto__'}=${kept ? encodeURIComponent(value) : random.pick(['', '%', '%00', '%ff', encodeURIComponent(oddString(random).toWellFormed())])}`;
  });
  if (random.chance(0.1)) pairs.push(random.pick(pairs));
  if (random.chance(0.05)) pairs.push('a=1&'.repeat(random.pick([99, 101, 2_000])));
  if (random.chance(0.1)) pairs.splice(random.int(pairs.length), 1);
  return pairs.join(random.chance(0.95) ? '&' : ';');
}

const FILES = [
  Buffer.from('%PDF-1.4\n%%EOF'),
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
    'base64',
  ),
  Buffer.from([
    0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0xff, 0xd9,
  ]),
  Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff]),
  Buffer.alloc(0),
  Buffer.alloc(70_000, 'x'),
];

function multipart(random) {
  const boundary = random.pick([
    'X',
    '----WebKitFormBoundary7MA4YWxk',
    'a b',
    "'()+_,-./:=?",
    'x'.repeat(70),
    'x'.repeat(200),
  ]);
  const parts = Array.from(
    {
      length: random.weighted([
        [6, 1],
        [2, 2],
        [1, 0],
        [0.5, 12],
        [0.3, 300],
      ]),
    },
    () => part(random, boundary),
  );
  let bytes = Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]);
  if (random.chance(0.15)) bytes = bytes.subarray(0, random.int(bytes.length + 1));
  if (random.chance(0.05)) bytes = Buffer.concat([random.bytes(30), bytes]);
  if (random.chance(0.05)) bytes = Buffer.concat([bytes, random.bytes(3_000)]);
  const named = random.chance(0.05) ? 'other' : boundary;
  return { type: `multipart/form-data; boundary=${/[^\w-]/.test(named) ? `"${named}"` : named}`, bytes };
}

function part(random, boundary) {
  const name = random.chance(0.85) ? 'files' : headerText(oddString(random));
  const file = random.chance(0.85) ? 'a.pdf' : headerText(oddString(random)).replaceAll('"', '%22');
  const disposition = random.weighted([
    [8, `form-data; name="${name}"; filename="${file}"`],
    [1, `form-data; name="${name}"`],
    [0.5, `form-data; name="${name}"; filename*=utf-8''%e2%82%ac${file}%zz`],
    [0.5, 'form-data'],
    [0.5, `attachment; filename="${file}"`],
    [0.3, `form-data; name=files; filename="${'n'.repeat(5_000)}"`],
  ]);
  let content = random.pick(FILES);
  if (random.chance(0.3) && content.length > 0) {
    content = Buffer.from(content);
    for (let n = 0; n < 3; n++) content[random.int(content.length)] = random.int(256);
  }
  const type = random.pick(['application/pdf', 'image/png', 'image/jpeg', 'text/html', '', 'x']);
  const head = `--${boundary}\r\nContent-Disposition: ${disposition}\r\nContent-Type: ${type}\r\n\r\n`;
  return Buffer.concat([
    Buffer.from(random.chance(0.97) ? head : head.replaceAll('\r\n', '\n')),
    content,
    Buffer.from('\r\n'),
  ]);
}

/** Without what a header may not hold: such requests are made on purpose elsewhere. */
function headerText(text) {
  return Buffer.from(text, 'utf8')
    .toString('latin1')
    .replace(/[^\t\x20-\x7e\x80-\xff]/g, '');
}
