import { MIMEType } from 'node:util';
import type { Request } from 'express';
import { DomainError } from '#libs/platform/errors/domain-error.js';

const FORMATS: Readonly<Record<string, 'json' | 'ndjson'>> = {
  'application/json': 'json',
  'application/x-ndjson': 'ndjson',
};

/** @throws DomainError unsupported */
export function bodyFormat({ headers }: Request): 'json' | 'ndjson' {
  const type = parse(headers['content-type'] ?? '');
  const format = type && FORMATS[type.essence];
  const charset = type?.params.get('charset') ?? 'utf-8';
  if (!format || !/^utf-?8$/i.test(charset)) {
    throw new DomainError(
      'unsupported',
      'body',
      'The body must be sent as application/json or application/x-ndjson, in UTF-8.',
    );
  }
  return format;
}

function parse(header: string): MIMEType | undefined {
  try {
    return new MIMEType(header);
  } catch {
    return undefined;
  }
}
