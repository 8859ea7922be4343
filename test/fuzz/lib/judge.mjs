const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** How each dialect says that something went wrong; the first prefix that fits counts. */
const SHAPES = [
  [/^\/connect\/token/i, oauthError],
  [/^\/(connect|api\/client|\.well-known\/(jwks\.json|oauth-authorization-server))(\/|$)/i, envelope],
  [/^\/v0(\/|$)/i, apiError],
  [/^\/api\/v1\/source(\/|$)/i, messageOnly],
  [/^\/(api\/projects|api\/v2\/projects|files)(\/|$)/i, statusAndMessage],
  [/^/, problem],
];

/** What is wrong with an answer; undefined when nothing is. */
export function judge({ method, status, headers, body }, path) {
  if (status >= 500) return `${status}: ${body.slice(0, 200)}`;
  if (!UUID.test(headers['x-request-id'] ?? ''))
    return `${status} without X-Request-Id: ${body.slice(0, 100)}`;
  if (status === 405 && !headers.allow) return '405 without Allow';
  if (status === 429 && !(Number(headers['retry-after']) <= 60)) return '429 without Retry-After';
  if (headers['x-powered-by']) return 'X-Powered-By is told';
  if (status < 400 || method === 'HEAD') return undefined;
  let value;
  try {
    value = JSON.parse(body);
  } catch {
    return `${status} without JSON: ${body.slice(0, 100)}`;
  }
  if (/\bat .*\.(js|ts):\d+|node_modules|select .* from/i.test(body))
    return `${status} tells its insides: ${body.slice(0, 300)}`;
  // What is no HTTP has no path, so no dialect.
  if (headers.connection === 'close' && problem(value, status, headers)) return undefined;
  const [, fits] = SHAPES.find(([prefix]) => prefix.test(path));
  return fits(value, status, headers)
    ? undefined
    : `${status} in another dialect's shape: ${body.slice(0, 200)}`;
}

function oauthError(value) {
  return typeof value.error === 'string' && typeof value.error_description === 'string';
}

function envelope(value, _, headers) {
  return (
    value.isSuccess === false &&
    value.data === null &&
    Array.isArray(value.errors) &&
    value.errors.length > 0 &&
    value.errors.every((error) => typeof error === 'string') &&
    value.requestId === headers['x-request-id']
  );
}

function apiError(value, status, headers) {
  return (
    headers['content-type']?.startsWith('application/json') &&
    Number(headers['content-length']) > 0 &&
    /^[a-z][a-z_-]+$/.test(value.error) &&
    typeof value.message === 'string' &&
    Object.keys(value).every((name) => ['error', 'message', 'data'].includes(name))
  );
}

/** A sentence, and what is wrong member by member. */
function messageOnly(value) {
  return (
    typeof value.message === 'string' &&
    Object.keys(value).every((name) => name === 'message' || name === 'errors') &&
    (value.errors === undefined || value.errors.every(({ field, message }) => field && message))
  );
}

function statusAndMessage(value, status) {
  const { statusCode, message, error, code, path } = value;
  return (
    statusCode === status &&
    (typeof message === 'string' || (Array.isArray(message) && message.length > 0)) &&
    typeof (error ?? code) === 'string' &&
    typeof path === 'string'
  );
}

/** RFC 9457. */
function problem(value, status, headers) {
  return (
    headers['content-type']?.startsWith('application/problem+json') &&
    value.type === 'about:blank' &&
    typeof value.title === 'string' &&
    value.status === status &&
    typeof value.detail === 'string' &&
    value.requestId === headers['x-request-id']
  );
}
