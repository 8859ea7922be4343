import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { ROOT } from './chorus-process.js';

/** What suites read of an OpenAPI document. */
export interface ApiDocument {
  readonly openapi: string;
  readonly info: { readonly title: string };
  readonly paths: Record<string, Record<string, ApiOperation>>;
  readonly components: {
    readonly schemas: Record<string, Schema>;
    readonly securitySchemes: Record<string, unknown>;
  };
}

export interface ApiOperation {
  readonly operationId: string;
  readonly summary?: string;
  readonly security?: readonly unknown[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
    readonly schema: Schema;
  }[];
  readonly requestBody?: { readonly content: Record<string, { readonly schema: Schema }> };
  readonly responses: Record<
    string,
    { readonly description: string; readonly content?: Record<string, { readonly schema: Schema }> }
  >;
}

export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly example?: unknown;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Record<string, Schema>;
  readonly required?: readonly string[];
  readonly items?: Schema;
}

export const DIRECTORY = join(ROOT, 'docs/openapi');

/** The documents in a directory, by the dialect's name. */
export async function readDocuments(directory = DIRECTORY): Promise<Record<string, ApiDocument>> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.json')).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(directory, name), 'utf8')));
  return Object.fromEntries(
    texts.map((text, index) => [names[index]!.slice(0, -'.json'.length), JSON.parse(text) as ApiDocument]),
  );
}

/** Every operation of a document with its name, `POST /api/admin/users`. */
export function operationsOf(document: ApiDocument): { name: string; operation: ApiOperation }[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      operation,
    })),
  );
}

/** Compiles schemas of a document. @param closed members that the schemas do not name are wrong, too */
export function compiler(document: ApiDocument, closed = false): (schema: Schema) => ValidateFunction {
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, formats: FORMATS });
  ajv.addVocabulary(['example', 'components']);
  const schemas = closed ? close(document.components.schemas) : document.components.schemas;
  ajv.addSchema({ $id: 'doc:', components: { schemas } } as never);
  return (schema) => ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"doc:#/')) as object);
}

/** The schemas, without room for members that they do not name, unless they say that there are some. */
function close(schemas: Record<string, Schema>): unknown {
  return JSON.parse(JSON.stringify(schemas), (_, value: unknown) => {
    const { type, properties } = (value ?? {}) as { type?: unknown; properties?: unknown };
    return type === 'object' && typeof properties === 'object' && properties !== null
      ? { additionalProperties: false, ...(value as object) }
      : value;
  });
}

const FORMATS = {
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
  date: /^\d{4}-\d\d-\d\d$/,
  email: /^[^@\s]+@[^@\s]+$/,
  binary: true,
} as const;
