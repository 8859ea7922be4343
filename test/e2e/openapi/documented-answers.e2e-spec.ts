import { type ApiDocument, compiler, operationsOf, readDocuments } from '#test/support/openapi.js';
import { type TestApp, testApp } from '#test/support/test-app.js';
import { EXERCISES } from './exercises/exercises.js';

describe('what the app answers', () => {
  const app = testApp({ RATE_LIMIT_ANONYMOUS: 0 });
  let documents: Record<string, ApiDocument>;
  const seen = new Set<string>();

  beforeAll(async () => {
    documents = await readDocuments();
  });

  /** Calls the app as `act` says and holds each answer against the document. @returns a stand-in for the app */
  function witnessed(dialect: string): TestApp {
    const operations = operationsOf(documents[dialect]!).map(({ name, operation }) => {
      const [method, path] = name.split(' ') as [string, string];
      return { name, method, pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`), operation };
    });
    const compile = compiler(documents[dialect]!, true);
    const fetch = async (path: string, init: RequestInit = {}): Promise<Response> => {
      const response = await app.fetch(path, init);
      const { pathname } = new URL(path, app.url);
      const method = init.method ?? 'GET';
      const found = operations.find((each) => each.method === method && each.pattern.test(pathname));
      if (!found) throw new Error(`${method} ${pathname} is not documented.`);
      const what = `${found.name} ${response.status}`;
      seen.add(what);
      const documented = found.operation.responses[String(response.status)];
      expect([what, documented]).toEqual([what, expect.any(Object)]);
      const type = response.headers.get('content-type')?.split(';')[0];
      if (!documented!.content) {
        expect([what, type, await response.clone().text()]).toEqual([what, undefined, '']);
        return response;
      }
      const schema = type && documented!.content[type]?.schema;
      expect([what, type, schema !== undefined]).toEqual([what, type, true]);
      if (!type?.endsWith('json')) return response;
      const validate = compile(schema as object);
      validate(await response.clone().json());
      expect([what, validate.errors]).toEqual([what, null]);
      return response;
    };
    return { ...app, fetch } as TestApp;
  }

  it.each(EXERCISES)(
    'in $dialect is what its document says, success and failure',
    async ({ dialect, run }) => {
      await run({ app, api: witnessed(dialect) });
      expectEverySuccess(dialect);
    },
  );

  /** Nothing that a document promises was left out above. */
  function expectEverySuccess(dialect: string): void {
    const promised = operationsOf(documents[dialect]!).flatMap(({ name, operation }) =>
      Object.keys(operation.responses).flatMap((status) =>
        status.startsWith('2') ? [`${name} ${status}`] : [],
      ),
    );
    expect(promised.filter((what) => !seen.has(what))).toEqual([]);
  }
});
