import { multipart } from './multipart.mjs';
import { HEADERS, METHODS, PATHS, TOKENS, TYPES } from './odd-parts.mjs';
import { brokenJson, headerText, mutatedJson, oddJson, oddSegment, oddString } from './values.mjs';

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
