import { Permission } from '#libs/scopes/permission.js';
import { DeclaredAccess } from '#apps/api/src/http/access/declared-access.js';
import type { ApiKeyDialect } from '#apps/api/src/provisioning/api-key-kinds.js';
import { AdminClient } from '#test/support/admin.js';
import { feelbackKey } from '#test/support/feelback.js';
import { tokenOf } from '#test/support/insider-connect.js';
import { serverOf } from '#test/support/scoped-feedback.js';
import { type DeclaredRoute, declaredRoutes } from '#test/support/routes.js';
import { testApp } from '#test/support/test-app.js';

/** What anybody may call. A route that is not here asks for credentials. */
const PUBLIC = [
  'GET /.well-known/jwks.json',
  'GET /.well-known/oauth-authorization-server',
  'GET /files/:projectId/:name',
  'GET /health/live',
  'GET /health/ready',
  'GET /metrics',
  'GET /v0/feelbacks/getAggregates',
  'POST /api/auth/sign-in',
  'POST /connect/token',
  'POST /v0/feelbacks/create',
  'POST /v0/feelbacks/edit',
  'POST /v0/feelbacks/getAggregates',
  'POST /v0/feelbacks/remove',
  'PUT /files/:projectId/:name',
];

/** Which credentials open which dialect; every other kind is refused there. */
const OPENS: Record<string, readonly string[]> = {
  admin: ['user'],
  feelback: ['feelback key'],
  'insider-connect': ['client'],
  'scoped-feedback': ['user', 'server'],
  'source-import': ['import key'],
  'user-feedback': ['project key'],
};

/** How a dialect asks for credentials; the others ask for a bearer token. */
const CHALLENGES: Record<string, RegExp> = {
  feelback: /^API-KEY realm="/,
  'source-import': /^ApiKey realm="import"$/,
  'user-feedback': /^ApiKey realm="/,
};

describe('every route', () => {
  const app = testApp({ RATE_LIMIT_ANONYMOUS: 0 });
  let routes: DeclaredRoute[];
  let guarded: DeclaredRoute[];
  /** Headers by kind of credential. */
  let credentials: Record<string, Record<string, string>>;

  beforeAll(async () => {
    const account = await app.seed.account({ operator: true });
    const client = await app.seed.client({ account });
    const key = (dialect: ApiKeyDialect, projectId?: number) =>
      app.seed.apiKey(account, {
        dialect,
        ...(projectId !== undefined && { projectId }),
        ...(dialect === 'feelback' && { level: 'owner' }),
      });
    // A key opens the project in its paths.
    routes = declaredRoutes(app).map((route) =>
      Object.assign(route, {
        path:
          route.dialect === 'user-feedback'
            ? route.path.replace('/projects/999999', `/projects/${client.projectId}`)
            : route.path,
      }),
    );
    guarded = routes.filter(({ access }) => access.kind !== 'public');
    const { token } = await AdminClient.signIn(app, account.owner);
    const { server, secret } = await serverOf(app, account);
    credentials = {
      user: bearer(token),
      client: bearer(await tokenOf(app, client)),
      'project key': { 'X-Api-Key': await key('user-feedback', client.projectId) },
      'feelback key': { 'X-Api-Key': await key('feelback') },
      'import key': { 'X-Api-Key': await key('source-import') },
      server: server.headers,
      'server secret alone': bearer(secret),
      'client secret': bearer(client.clientSecret),
      'client id and secret': basic(client.clientId, client.clientSecret),
      'e-mail address and password': basic(account.owner.email, account.owner.password),
      'key in another header': { 'X-Api-Key': client.clientSecret, 'X-Server-Id': client.clientId },
      'empty bearer': { Authorization: 'Bearer ' },
      garbage: bearer('garbage'),
      'scheme alone': { Authorization: 'Bearer' },
      'no scheme': { Authorization: 'garbage' },
    };
  });

  it('that is public is listed here', () => {
    const open = routes.filter(({ access }) => access.kind === 'public').map(({ name }) => name);
    expect(open.sort()).toEqual(PUBLIC);
  });

  it('belongs to a dialect whose credentials are known here, unless it is public', () => {
    expect(guarded.length).toBeGreaterThan(20);
    expect(guarded.filter(({ dialect }) => !Object.hasOwn(OPENS, dialect ?? ''))).toEqual([]);
  });

  it('is asked at start whether it says who may call it', () => {
    expect(app.server.app.get(DeclaredAccess)).toBeInstanceOf(DeclaredAccess);
  });

  it('refuses a caller without credentials, before it looks at anything else', async () => {
    for (const route of guarded) {
      expect([route.name, (await call(route)).status]).toEqual([route.name, 401]);
      const broken = await call(route, { 'Content-Type': 'text/plain', 'Content-Encoding': 'br' }, '{');
      expect([route.name, broken.status]).toEqual([route.name, 401]);
      expect(broken.headers.get('www-authenticate')).toMatch(CHALLENGES[route.dialect!] ?? /^Bearer realm="/);
    }
  });

  it('refuses every kind of credential but its own', async () => {
    for (const route of guarded) {
      for (const [kind, headers] of Object.entries(credentials)) {
        if (OPENS[route.dialect!]!.includes(kind)) continue;
        const { status } = await call(route, headers);
        expect([route.name, kind, status]).toEqual([route.name, kind, 401]);
      }
    }
  });

  it('takes its own kind of credential', async () => {
    for (const route of guarded) {
      const { status } = await call(route, credentials[OPENS[route.dialect!]![0]!]);
      expect([route.name, status >= 200 && status < 500 && ![401, 403].includes(status)]).toEqual([
        route.name,
        true,
      ]);
    }
  });

  it('does not take a token from the query or a form', async () => {
    const token = credentials['user']!['Authorization']!.slice('Bearer '.length);
    for (const route of guarded) {
      const query = await app.fetch(`${route.path}?access_token=${token}`, { method: route.method });
      expect([route.name, [400, 401].includes(query.status)]).toEqual([route.name, true]);
      if (route.method === 'GET') continue;
      const form = new URLSearchParams({ access_token: token });
      const posted = await app.fetch(route.path, { method: route.method, body: form });
      expect([route.name, posted.status]).toEqual([route.name, 401]);
    }
  });

  it('is guarded however its address is written', async () => {
    for (const { path, method, name } of guarded) {
      const spellings = [
        path.toUpperCase(),
        `${path}/`,
        `/${path}`,
        `${path}?`,
        path.replace(/^\/./, (start) => `/%${start.charCodeAt(1).toString(16)}`),
        path.replace(/^\/\w+\//, '$&./'),
        path.replace(/^\/\w+\//, '$&x/../'),
        path.replace(/^(\/\w+)\//, '$1%2f'),
      ];
      for (const spelling of spellings) {
        const { status } = await app.fetch(spelling, { method });
        expect([name, spelling, [401, 404, 405].includes(status)]).toEqual([name, spelling, true]);
      }
    }
  });

  it('answers HEAD only to those who may GET', async () => {
    for (const route of guarded.filter(({ method }) => method === 'GET')) {
      const { status } = await app.fetch(route.path, { method: 'HEAD' });
      expect([route.name, status]).toEqual([route.name, 401]);
    }
  });

  describe('with a permission', () => {
    const MEMBER = new Set<string>([
      Permission.AccountRead,
      Permission.ProjectsRead,
      Permission.IssuesRead,
      Permission.CategoriesRead,
    ]);

    it.each([
      ['member', (permission: string) => MEMBER.has(permission)],
      ['owner', (permission: string) => permission !== Permission.PlatformManage],
    ] as const)('refuses a(n) %s who lacks it, and only then', async (role, may) => {
      const account = await app.seed.account();
      const user = role === 'owner' ? account.owner : await app.seed.user(account, { role });
      const headers = bearer((await AdminClient.signIn(app, user)).token);
      for (const route of guarded.filter(({ dialect }) => dialect === 'admin')) {
        const { status } = await call(route, headers);
        const allowed = route.access.kind !== 'permission' || may(route.access.permission);
        expect([route.name, status === 403]).toEqual([route.name, !allowed]);
      }
    });

    it.each(['viewer', 'owner'])(
      'refuses a feelback key of a %s who lacks it, and only then',
      async (level) => {
        const account = await app.seed.account();
        const headers = { 'X-Api-Key': await feelbackKey(app, account, level) };
        for (const route of guarded.filter(({ dialect }) => dialect === 'feelback')) {
          const { status } = await call(route, headers);
          const manages =
            route.access.kind === 'permission' && route.access.permission === Permission.ContentManage;
          expect([route.name, status === 403]).toEqual([route.name, manages && level === 'viewer']);
        }
      },
    );

    it.each([
      ['feedback.read', Permission.FeedbackRead],
      ['feedback.write', Permission.FeedbackWrite],
    ])('refuses a client whose token has the scope %s alone, where it needs another', async (scope, own) => {
      const headers = bearer(await tokenOf(app, await app.seed.client(), scope));
      for (const route of guarded.filter(({ dialect }) => dialect === 'insider-connect')) {
        const { status } = await call(route, headers);
        const allowed = route.access.kind === 'permission' && route.access.permission === own;
        expect([route.name, status === 403]).toEqual([route.name, !allowed]);
      }
    });
  });

  function call(
    { method, path }: DeclaredRoute,
    headers: Record<string, string> = {},
    body?: string,
  ): Promise<Response> {
    return app.fetch(path, { method, headers, ...(body !== undefined && method !== 'GET' && { body }) });
  }
});

function bearer(token: string): Record<string, string> {
  return { Authorization: `Bearer ${token}` };
}

function basic(user: string, password: string): Record<string, string> {
  return { Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}
