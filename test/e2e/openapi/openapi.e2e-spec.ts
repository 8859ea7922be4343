import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Validator } from '@seriousme/openapi-schema-validator';
import { ROOT } from '#test/support/chorus-process.js';
import {
  type ApiDocument,
  compiler,
  DIRECTORY,
  operationsOf,
  readDocuments,
  type Schema,
} from '#test/support/openapi.js';
import { declaredRoutes } from '#test/support/routes.js';
import { testApp } from '#test/support/test-app.js';

const run = promisify(execFile);
/** Every document that is kept, so that a new dialect's is held to the same. */
const NAMES = readdirSync(DIRECTORY).map((file) => file.replace('.json', ''));

/** Parameters of a query that must be sent; every other one may be left out. */
const NEEDED: Record<string, readonly string[]> = {
  'GET /api/admin/statistics/volume': ['projectId'],
  'GET /api/admin/statistics/handling': ['projectId'],
  'GET /api/admin/statistics/issues': ['projectId'],
  'GET /v1/feedback': ['scope'],
  'GET /v1/feedback/permissions/explain': ['userId', 'node', 'scope'],
};

describe('docs/openapi', () => {
  let directory: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'chorus-openapi-'));
    await run(process.execPath, ['dist/apps/api/src/openapi.js', directory], { cwd: ROOT });
  });

  afterAll(() => rm(directory, { recursive: true, force: true }));

  it('holds what the built app documents: if not, run npm run openapi', async () => {
    const read = async (from: string) =>
      Promise.all(
        (await readdir(from)).sort().map(async (name) => [name, await readFile(join(from, name), 'utf8')]),
      );
    const [made, kept] = [await read(directory), await read(DIRECTORY)];
    const stale = made.filter(([name, text]) => kept.find(([other]) => other === name)?.[1] !== text);
    expect({ 'run npm run openapi': stale.map(([name]) => name) }).toEqual({ 'run npm run openapi': [] });
    expect(kept.map(([name]) => name)).toEqual(made.map(([name]) => name));
  });
});

describe.each(NAMES)('the document of %s', (name) => {
  const app = testApp();
  let document: ApiDocument;

  beforeAll(async () => {
    document = (await readDocuments())[name]!;
  });

  it('is OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(document) as never);
    expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
    expect(document.openapi).toBe('3.1.0');
  });

  it('has every route of the dialect, and no other', () => {
    const routes = app && declaredRoutes(app).filter(({ dialect }) => dialect === name);
    const templates = routes.map((route) => route.name.replaceAll(/:(\w+)/g, '{$1}'));
    expect(
      operationsOf(document)
        .map((operation) => operation.name)
        .sort(),
    ).toEqual(templates.sort());
  });

  it('asks for credentials exactly where the route does', () => {
    const open = declaredRoutes(app)
      .filter(({ dialect, access }) => dialect === name && access.kind === 'public')
      .map((route) => route.name.replaceAll(/:(\w+)/g, '{$1}'));
    const undemanding = operationsOf(document).filter(({ operation }) => !operation.security?.length);
    expect(undemanding.map((operation) => operation.name).sort()).toEqual(open.sort());
    for (const { operation } of operationsOf(document)) {
      for (const requirement of operation.security ?? []) {
        expect(Object.keys(document.components.securitySchemes)).toEqual(Object.keys(requirement as object));
      }
    }
  });

  it('has a summary, an id of its own and described parameters for every operation', () => {
    const operations = operationsOf(document);
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length);
    for (const { name: route, operation } of operations) {
      expect([route, operation.summary]).toEqual([route, expect.stringMatching(/^[A-Z].{4,}$/)]);
      for (const parameter of operation.parameters ?? []) {
        expect([route, parameter.name, parameter.schema.type]).toEqual([
          route,
          parameter.name,
          expect.stringMatching(/^(string|integer)$/),
        ]);
        expect([route, parameter.name, parameter.required]).toEqual([
          route,
          parameter.name,
          parameter.in === 'path' || (NEEDED[route] ?? []).includes(parameter.name),
        ]);
      }
    }
  });

  it('has a success with a schema, or one that says it is empty, for every operation', () => {
    for (const { name: route, operation } of operationsOf(document)) {
      const good = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'));
      expect([route, good.length]).toEqual([route, 1]);
      const [status, { content, description }] = good[0]!;
      const isEmpty = status === '204' || /body is empty/.test(description);
      const schemas = Object.values(content ?? {}).map(({ schema }) => schema);
      expect([route, isEmpty ? schemas.length === 0 : schemas.length > 0 && !schemas.includes({})]).toEqual([
        route,
        true,
      ]);
    }
  });

  it('tells of every way in which a route can fail, with a schema', () => {
    for (const { name: route, operation } of operationsOf(document)) {
      const expected = ['429', ...failures(route, operation)];
      expect([route, Object.keys(operation.responses)]).toEqual([route, expect.arrayContaining(expected)]);
      for (const [status, { content, description }] of Object.entries(operation.responses)) {
        if (status.startsWith('2')) continue;
        expect([route, status, description]).toEqual([route, status, expect.stringMatching(/.{10,}/)]);
        expect([route, status, Object.values(content ?? {})[0]?.schema]).toEqual([
          route,
          status,
          {
            $ref: expect.stringMatching(
              /\/(Problem|FailureEnvelope|ImportFailure|TokenError|ApiError|ApiFailure)$/,
            ),
          },
        ]);
      }
    }
  });

  it('has examples that its own schemas take, one by one and put together', () => {
    const compile = compiler(document);
    for (const [schema, { properties = {} }] of Object.entries(document.components.schemas)) {
      for (const [member, description] of Object.entries(properties)) {
        if (description.example === undefined) continue;
        const validate = compile(description);
        validate(description.example);
        expect([schema, member, validate.errors]).toEqual([schema, member, null]);
      }
      const whole = exampleOf(document, { $ref: `#/components/schemas/${schema}` });
      const validate = compile({ $ref: `#/components/schemas/${schema}` });
      validate(whole);
      expect([schema, whole, validate.errors]).toEqual([schema, whole, null]);
    }
  });

  it('does not demand a member that has a default', () => {
    for (const [schema, { properties = {}, required = [] }] of Object.entries(document.components.schemas)) {
      const demanded = required.filter((member) => properties[member]!.default !== undefined);
      expect([schema, demanded]).toEqual([schema, []]);
    }
  });

  it('has no schema that nothing uses', () => {
    const text = JSON.stringify(document);
    const unused = Object.keys(document.components.schemas).filter(
      (schema) => !text.includes(`"#/components/schemas/${schema}"`),
    );
    expect(unused).toEqual([]);
  });
});

describe('/docs', () => {
  const app = testApp();

  it('shows one page with a selector of all documents', async () => {
    const page = await app.fetch('/docs');
    expect([page.status, page.headers.get('content-type')]).toEqual([
      200,
      expect.stringContaining('text/html'),
    ]);
    const html = await page.text();
    const script = /src="([^"]*swagger-ui-init\.js)"/.exec(html)![1]!;
    const init = await (await app.fetch(new URL(script, `${app.url}/docs/`).pathname)).text();
    for (const name of NAMES) expect(init).toContain(`/docs/${name}.json`);
    expect(html).not.toMatch(/<script>(?!\s*<\/script>)/);
  });

  it.each(NAMES)('serves the document of %s', async (name) => {
    const response = await app.fetch(`/docs/${name}.json`);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'application/json; charset=utf-8',
    ]);
    const { openapi, info } = (await response.json()) as ApiDocument;
    expect([openapi, info.title]).toEqual(['3.1.0', (await readDocuments())[name]!.info.title]);
  });

  it('finds every file that the page asks for', async () => {
    const html = await (await app.fetch('/docs')).text();
    const files = [...html.matchAll(/(?:src|href)="(\.[^"]+)"/g)].map(([, path]) => path!);
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) {
      expect([file, (await app.fetch(new URL(file, `${app.url}/docs`).pathname)).status]).toEqual([
        file,
        200,
      ]);
    }
  });
});

/** The statuses that a route must document, by what it does. */
function failures(
  route: string,
  { security, requestBody, parameters = [] }: ApiDocument['paths'][string][string],
) {
  const guarded = Boolean(security?.length);
  const named = parameters.some((parameter) => parameter.in === 'path');
  return [
    ...(guarded ? ['400', '401', '503'] : []),
    ...(guarded && !route.includes('/auth/') ? ['403'] : []),
    ...(named ? ['404'] : []),
    ...(requestBody ? ['400', '413', '503'] : []),
    ...(requestBody && !route.includes('/connect/token') ? ['415'] : []),
    ...(parameters.some(({ name }) => name === 'Idempotency-Key') ? ['409', '422'] : []),
  ];
}

/** A value put together from the examples of a schema's members. */
function exampleOf(document: ApiDocument, schema: Schema): unknown {
  const { $ref, allOf, anyOf } = schema as Schema & { allOf?: Schema[]; anyOf?: Schema[] };
  if ($ref) return exampleOf(document, document.components.schemas[$ref.split('/').at(-1)!]!);
  if (schema.example !== undefined) return schema.example;
  if (allOf ?? anyOf) return exampleOf(document, (allOf ?? anyOf)![0]!);
  if (schema.enum) return schema.enum[0];
  const types = new Set([schema.type].flat());
  if (types.has('null')) return null;
  if (schema.properties) {
    const members = Object.entries(schema.properties).map(([name, member]) => [
      name,
      exampleOf(document, member),
    ]);
    return Object.fromEntries(members) as unknown;
  }
  if (types.has('array')) return schema.items ? [exampleOf(document, schema.items)] : [];
  return types.has('object') ? {} : 'text';
}
