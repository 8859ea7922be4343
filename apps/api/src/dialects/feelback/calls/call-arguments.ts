import type { Request } from 'express';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { checkJson } from '#apps/api/src/http/body/check-json.js';
import { parseRawQuery } from './raw-query.js';

/** What a caller gave for the parameters of a call, by position. */
export interface CallArguments {
  readonly values: readonly unknown[];
  /** True: one object made of query parameters, whose values are texts. */
  readonly fromQuery: boolean;
}

const KEY = Symbol('call arguments');

/**
 * The arguments of a call: the body of a POST or `$p` of a GET, a JSON array each. Anything else than an array is the
 * only argument, and the parameters of a GET without `$p` are one object.
 * @throws DomainError invalid
 */
export function argumentsOf(request: Request): CallArguments {
  const kept = request as unknown as Record<symbol, CallArguments>;
  return (kept[KEY] ??= request.method === 'POST' ? fromBody(request.body) : fromQuery(request.originalUrl));
}

function fromBody(body: unknown): CallArguments {
  return { values: Array.isArray(body) ? body : [body], fromQuery: false };
}

function fromQuery(url: string): CallArguments {
  const query = parseRawQuery(url);
  if (query.arguments === undefined) {
    return query.others.length === 0
      ? { values: [], fromQuery: false }
      : { values: [asObject(query.others)], fromQuery: true };
  }
  for (const text of query.arguments) {
    const value = parsed(text);
    if (value === undefined) continue;
    checkJson(value, '$p');
    return fromBody(value);
  }
  throw new DomainError('invalid', 'arguments', '$p must be a JSON array, percent-encoded.');
}

/** Undefined when it is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A parameter that comes more than once is a list. */
function asObject(pairs: readonly (readonly [string, string])[]): Record<string, unknown> {
  const members = new Map<string, unknown>();
  for (const [name, value] of pairs) {
    const before = members.get(name);
    members.set(name, before === undefined ? value : [before, value].flat());
  }
  const value = Object.fromEntries(members);
  checkJson(value, 'The query');
  return value;
}
