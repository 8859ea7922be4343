import type { OpenAPIObject } from '@nestjs/swagger';
import { SECURITY_SCHEME } from '../access/allow.decorator.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

const HEADERS = {
  'X-Request-Id': {
    description: "The id of the request: the caller's own, when that is a UUID.",
    schema: { type: 'string', format: 'uuid' },
  },
  'Retry-After': {
    description: 'Seconds after which a new try makes sense.',
    schema: { type: 'integer', minimum: 1 },
  },
} as const;

/**
 * Adds what is the same on every route and would be noise at each of them: headers, that ids are integers, and that failures are JSON. The
 * security scheme gets the dialect's name, as the Swagger UI keeps what it was given by that name for all documents.
 */
export function completeDocument(document: OpenAPIObject, dialect: string): OpenAPIObject {
  const { [SECURITY_SCHEME]: scheme } = document.components?.securitySchemes ?? {};
  document.components = {
    ...document.components,
    ...(scheme && { securitySchemes: { [dialect]: scheme } }),
    headers: { ...HEADERS },
  };
  for (const item of Object.values(document.paths)) {
    for (const operation of Object.values(item as Record<string, Operation>)) {
      nameHeaders(operation);
      failInJson(operation);
      if (operation.security) {
        operation.security = operation.security.map(({ [SECURITY_SCHEME]: scopes = [] }) => ({
          [dialect]: scopes,
        }));
      }
      for (const parameter of operation.parameters ?? []) {
        if ('in' in parameter && parameter.in === 'path' && isNumber(parameter.schema)) {
          parameter.schema = { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER };
        }
      }
    }
  }
  return document;
}

function nameHeaders({ responses }: Operation): void {
  for (const [status, response] of Object.entries(responses)) {
    if (!response || '$ref' in response) continue;
    const waits = status === '429' || status === '503';
    const names = ['X-Request-Id', ...(waits ? ['Retry-After'] : [])];
    response.headers = {
      ...Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }])),
      ...response.headers,
    };
  }
}

/** What a route produces is told of its failures, too; they are JSON all the same. */
function failInJson({ responses }: Operation): void {
  for (const [status, response] of Object.entries(responses)) {
    if (status < '400' || !response || '$ref' in response || !response.content) continue;
    const [[type, media] = []] = Object.entries(response.content);
    if (media && !type!.endsWith('json')) response.content = { 'application/json': media };
  }
}

function isNumber(schema: unknown): boolean {
  return (schema as { type?: unknown } | undefined)?.type === 'number';
}
