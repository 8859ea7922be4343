import type { Scope } from '#libs/scopes/scope.js';
import type { DemoCredentials } from '#apps/api/src/provisioning/credentials-file.js';
import { DemoWorkspace } from '#apps/api/src/provisioning/demo/demo-workspace.js';
import { expectProblem } from '#test/support/problems.js';
import { entryOf, FEEDBACK, ScopedClient, SERVER } from '#test/support/scoped-feedback.js';
import { testApp } from '#test/support/test-app.js';

const GLOBAL: Scope = { type: 'global', id: null };
const ELSEWHERE: readonly Scope[] = [
  GLOBAL,
  { type: 'server', id: 'another' },
  { type: 'network', id: SERVER.id },
  { type: 'service', id: SERVER.id },
  { type: 'extension', id: SERVER.id },
];

describe('in the demo workspace', () => {
  const app = testApp();
  let demo: DemoCredentials['scopedFeedback'];
  let own: Scope;
  let others: Scope[];
  let admin: ScopedClient;
  let server: ScopedClient;
  const people = {} as Record<'reader' | 'writer' | 'editor', ScopedClient>;
  beforeAll(async () => {
    let made: DemoCredentials | undefined;
    await app.server.app.get(DemoWorkspace).create(async (credentials) => {
      made = credentials;
    });
    demo = made!.scopedFeedback;
    own = { type: 'server', id: demo.server.id };
    others = [...ELSEWHERE, { type: 'network', id: demo.network.id }];
    admin = await ScopedClient.signIn(app, { id: '', ...made!.admin });
    server = new ScopedClient(app, demo.server.id, {
      'X-Server-Id': demo.server.id,
      Authorization: `Bearer ${demo.server.secret}`,
    });
    for (const key of ['reader', 'writer', 'editor'] as const) {
      people[key] = await ScopedClient.signIn(app, demo.users[key]);
    }
  });

  it.each([
    ['reader', 403, 403],
    ['writer', 201, 403],
    ['editor', 201, 200],
  ] as const)(
    'the %s lists and reads (200), creates (%i) and edits (%i) on the server',
    async (key, create, edit) => {
      const person = people[key];
      const id = await admin.created({ scope: own });
      expect((await person.list(own)).status).toBe(200);
      expect((await person.get(id)).status).toBe(200);
      expect((await person.history(id)).status).toBe(200);
      expect((await person.create({ scope: own })).status).toBe(create);
      const speaking = await person.create({ scope: own, authorId: 'somebody else' });
      expect(speaking.status).toBe(edit === 200 ? 201 : 403);
      expect((await person.patch(id, { status: 'ACKNOWLEDGED' })).status).toBe(edit);
      expect(await entryOf(await admin.get(id))).toMatchObject({
        status: edit === 200 ? 'ACKNOWLEDGED' : 'OPEN',
      });
      for (const scope of others) {
        const hidden = await admin.created({ scope });
        const statuses = [
          await person.list(scope),
          await person.create({ scope }),
          await person.get(hidden),
          await person.patch(hidden, { status: 'RESOLVED' }),
          await person.history(hidden),
        ].map(({ status }) => status);
        expect([scope, statuses]).toEqual([scope, [403, 403, 404, 404, 404]]);
      }
      expect((await person.call('GET', explain(person.id, own))).status).toBe(403);
    },
  );

  it('the server creates in its own scope and its network\u2019s, and does nothing else', async () => {
    const authorId = 'a-player';
    const network: Scope = { type: 'network', id: demo.network.id };
    for (const scope of [own, network]) {
      const id = await entryOf(await server.create({ scope, authorId }), 201).then((entry) => entry.id);
      expect(await entryOf(await admin.get(id))).toMatchObject({ scope, reporterId: authorId });
      const statuses = [
        await server.get(id),
        await server.get('999999'),
        await server.list(scope),
        await server.patch(id, { status: 'RESOLVED' }),
        await server.history(id),
        await server.call('GET', explain(demo.users.reader.id, scope)),
      ].map(({ status }) => status);
      expect(statuses).toEqual([403, 403, 403, 403, 403, 403]);
    }
    for (const scope of [...ELSEWHERE, { type: 'service', id: demo.server.id } as const]) {
      await expectProblem(await server.create({ scope, authorId }), 403);
    }
  });

  it('has a project of its own, whose channel knows what it holds', async () => {
    const fields = await app.query<{ key: string }>(
      'select key from field where project_id = $1 and channel_id = $2 order by position',
      [demo.projectId, demo.channelId],
    );
    expect(fields.map(({ key }) => key)).toEqual(expect.arrayContaining(['title', 'description', 'status']));
    const columns = await app.query<{ wrong: string }>(
      `select system_column as wrong from field where project_id = $1 and system_column not in
         (select column_name from information_schema.columns where table_name = 'feedback')`,
      [demo.projectId],
    );
    expect(columns).toEqual([]);
  });

  function explain(userId: string, { type, id }: Scope): string {
    return `${FEEDBACK}/permissions/explain?userId=${userId}&node=feedback:read&scope=${type}&scopeId=${id}`;
  }
});
