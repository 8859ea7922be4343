import { ApiKeysService } from '#libs/auth/api-keys/api-keys.service.js';
import { ProjectsService } from '#libs/projects/projects.service.js';
import { ProvisioningService } from '#apps/api/src/provisioning/provisioning.service.js';
import { declaredRoutes } from '#test/support/routes.js';
import { testApp } from '#test/support/test-app.js';
import { until } from '#test/support/until.js';
import { badRequest, failure, type Page, UserFeedbackClient } from '#test/support/user-feedback.js';

describe('the API of user feedback', () => {
  const app = testApp({ RATE_LIMIT_ANONYMOUS: 0 });
  let client: UserFeedbackClient;
  let other: UserFeedbackClient;

  beforeAll(async () => {
    client = await UserFeedbackClient.make(app);
    other = await UserFeedbackClient.make(app);
  });

  /** Every route with a key, led into a project. */
  const routes = (projectId: number | string) =>
    declaredRoutes(app)
      .filter(({ dialect, access }) => dialect === 'user-feedback' && access.kind !== 'public')
      .map(({ method, path }) => ({
        method,
        path: path.replace('/projects/999999', `/projects/${projectId}`),
      }));

  describe('lets nobody in', () => {
    const NO_KEY = failure(401, 'The x-api-key header must hold a valid API key.', { error: 'Unauthorized' });

    it('without a key, with a wrong one, or with one in another place', async () => {
      expect(routes(client.projectId).length).toBeGreaterThan(20);
      for (const { method, path } of routes(client.projectId)) {
        for (const [headers, query] of [
          [{}, ''],
          [{ 'x-api-key': '' }, ''],
          [{ 'x-api-key': '00000000000000000000' }, ''],
          [{ 'x-api-key': client.key.toLowerCase() }, ''],
          [{ 'x-api-key': `${client.key}, ${client.key}` }, ''],
          [{ 'x-api-key': "' or '1'='1" }, ''],
          [{ Authorization: `Bearer ${client.key}` }, ''],
          [{}, `?x-api-key=${client.key}&apiKey=${client.key}`],
        ] as const) {
          const answer = await app.fetch(path + query, { method, headers });
          expect([method, path, answer.status, await answer.json()]).toEqual([method, path, 401, NO_KEY]);
          expect(answer.headers.get('www-authenticate')).toMatch(/^ApiKey realm="/);
        }
      }
    });

    it('with the key of another project, whatever else is wrong', async () => {
      for (const { method, path } of routes(other.projectId)) {
        const answer = await client.call(method, path, method === 'GET' ? undefined : '{');
        expect([path, answer.body]).toEqual([
          path,
          failure(403, 'Forbidden resource', { error: 'Forbidden' }),
        ]);
      }
    });

    it('with a key that was revoked, within two seconds, or has expired', async () => {
      const { system } = client.account;
      const make = (expiresAt?: Date) =>
        app.server.app.get(ProvisioningService).apiKey(system, {
          dialect: 'user-feedback',
          name: 'Short',
          projectId: client.projectId,
          ...(expiresAt && { expiresAt }),
        });
      const status = async (key: string) =>
        (await client.call('GET', client.project, undefined, { 'x-api-key': key })).status;
      const revoked = await make();
      const expiring = await make(new Date(app.clock.now().getTime() + 60_000));
      expect(revoked.value).toMatch(/^[0-9A-F]{20}$/);
      expect([await status(revoked.value), await status(expiring.value)]).toEqual([200, 200]);
      await app.server.app.get(ApiKeysService).revoke(system, revoked.key.id);
      await until(async () => (await status(revoked.value)) === 401);
      app.clock.advance(61_000);
      expect(await status(expiring.value)).toBe(401);
      app.clock.reset();
    });

    it('with a key of another public API', async () => {
      const { value } = await app.server.app
        .get(ProvisioningService)
        .apiKey(client.account.system, { dialect: 'source-import', name: 'Other' });
      const answer = await client.call('GET', client.project, undefined, { 'x-api-key': value });
      expect(answer.status).toBe(401);
    });
  });

  describe('refuses', () => {
    it.each(['abc', '1.5', '1e3', '0x1', ' 1', '%00', "1'--"])('the id %j in every path', async (id) => {
      const encoded = encodeURIComponent(decodeURIComponent(id));
      for (const path of [
        `/api/projects/${encoded}`,
        `${client.project}/channels/${encoded}/feedbacks/1`,
        `${client.feedbacks}/${encoded}`,
        `${client.project}/issues/${encoded}`,
      ]) {
        const { status, body } = await client.call('GET', path);
        expect([path, status, body]).toEqual([
          path,
          400,
          badRequest('Validation failed (numeric string is expected)'),
        ]);
      }
    });

    it('a body over 1 MiB, and takes one of exactly 1 MiB', async () => {
      const body = (size: number) => `{"message":"${'x'.repeat(size - '{"message":""}'.length)}"}`;
      expect((await client.call('POST', client.feedbacks, body(1_048_576))).status).toBe(201);
      for (const size of [1_048_577, 10_000_000]) {
        for (const [method, path] of [
          ['POST', client.feedbacks],
          ['PUT', `${client.feedbacks}/1`],
          ['DELETE', client.feedbacks],
          ['POST', `${client.feedbacks}/search`],
          ['POST', client.searchV2],
          ['POST', `${client.project}/issues`],
          ['POST', `${client.project}/categories`],
        ] as const) {
          const answer = await client.call(method, path, body(size));
          expect(answer.body).toEqual(failure(413, expect.any(String), { error: 'Payload Too Large' }));
        }
      }
    });

    it('other media types with 415, and what lives nowhere with 404 in its own shape', async () => {
      const form = await client.call('POST', client.feedbacks, 'a=1', {
        'Content-Type': 'application/x-www-form-urlencoded',
      });
      expect(form.body).toEqual(failure(415, expect.any(String), { error: 'Unsupported Media Type' }));
      const path = `${client.project}/nowhere?a=1`;
      const nowhere = await client.call('GET', path);
      expect(nowhere.body).toEqual({
        statusCode: 404,
        message: `Cannot GET ${path}`,
        error: 'Not Found',
        path,
      });
      const method = await client.call('PATCH', client.feedbacks);
      expect([method.status, method.headers.get('allow')]).toEqual([405, 'DELETE, GET, HEAD, POST']);
    });

    it('writes into an archived project, and still reads it', async () => {
      const archived = await UserFeedbackClient.make(app);
      const id = await archived.say({ message: 'x', issueNames: ['old'] });
      const { body: page } = await archived.call<Page>('POST', `${archived.project}/issues/search`);
      const issueId = page.items[0]!.id;
      await app.server.app
        .get(ProjectsService)
        .update(archived.account.system, archived.projectId, { archived: true });
      await until(async () => (await archived.call('POST', archived.feedbacks, {})).status === 409);
      for (const [method, path, body] of [
        ['POST', archived.feedbacks, {}],
        ['POST', archived.feedbacks, { issueNames: ['x'] }],
        ['PUT', `${archived.feedbacks}/${id}`, {}],
        ['DELETE', archived.feedbacks, { feedbackIds: [id] }],
        ['DELETE', `${archived.feedbacks}/${id}/issue/${issueId}`],
        ['POST', `${archived.project}/issues`, { name: 'x' }],
        ['PUT', `${archived.project}/issues/${issueId}`, { name: 'x' }],
        ['POST', `${archived.project}/categories`, { name: 'x' }],
        ['GET', `${archived.project}/channels/${archived.channelId}/image-upload-url?extension=png`],
      ] as const) {
        const answer = await archived.call(method, path, body);
        expect([path, answer.status]).toEqual([path, 409]);
      }
      expect(await archived.get(id)).toMatchObject({ message: 'x', issues: [{ id: issueId }] });
    });
  });

  it('may be called from any page of a browser', async () => {
    const answer = await client.call('GET', client.project, undefined, { Origin: 'https://shop.example' });
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    const preflight = await app.fetch(client.feedbacks, {
      method: 'OPTIONS',
      headers: { Origin: 'https://shop.example', 'Access-Control-Request-Method': 'POST' },
    });
    expect(preflight.headers.get('access-control-allow-headers')?.toLowerCase()).toContain('x-api-key');
  });

  describe('under load', () => {
    const counts = async (by: UserFeedbackClient) => {
      const { body } = await by.call<Page>('POST', `${by.project}/issues/search`, { limit: 1000 });
      const [{ wrong }] = (await app.query<{ wrong: number }>(
        `select count(*)::int as wrong from issue i where project_id = $1 and feedback_count <>
           (select count(*) from feedback_issue l where l.project_id = i.project_id and l.issue_id = i.id)`,
        [by.projectId],
      )) as [{ wrong: number }];
      expect(wrong).toBe(0);
      return body.items.map(({ name, feedbackCount }) => [name, feedbackCount]);
    };

    it('makes one issue of a new name that a hundred creates bring, and loses no feedback', async () => {
      const by = await UserFeedbackClient.make(app);
      const ids = await Promise.all(
        Array.from({ length: 100 }, (_, n) => by.say({ rating: n, issueNames: ['hot', `own ${n % 3}`] })),
      );
      expect(new Set(ids).size).toBe(100);
      expect((await counts(by)).sort()).toEqual([
        ['hot', 100],
        ['own 0', 34],
        ['own 1', 33],
        ['own 2', 33],
      ]);
    });

    it('keeps counts exact while feedback is linked, parted, updated and removed at once', async () => {
      const by = await UserFeedbackClient.make(app);
      const issueIds = await Promise.all(['a', 'b', 'c'].map((name) => by.issue(name)));
      const ids = await Promise.all(Array.from({ length: 12 }, () => by.say({ issueNames: ['a', 'b'] })));
      const statuses = await Promise.all(
        ids.flatMap((id, n) => {
          const path = `${by.feedbacks}/${id}`;
          const change = by.call('PUT', path, { issueNames: ['b', `new ${n % 4}`] });
          const removal = n % 3 === 0 ? [id, ids[0]] : [];
          return issueIds
            .map((issueId) => by.call('POST', `${path}/issue/${issueId}`))
            .concat(
              by.call('DELETE', `${path}/issue/${issueIds[n % 3]}`),
              change,
              by.call('DELETE', by.feedbacks, { feedbackIds: removal }),
            );
        }),
      );
      expect(statuses.filter(({ status }) => status >= 500)).toEqual([]);
      await counts(by);
    });

    it('gives one feedback to many requests with the same Idempotency-Key', async () => {
      const by = await UserFeedbackClient.make(app);
      const answers = await Promise.all(
        Array.from({ length: 10 }, () =>
          by.call('POST', by.feedbacks, { message: 'once' }, { 'Idempotency-Key': 'race' }),
        ),
      );
      expect(answers.filter(({ status }) => ![201, 409].includes(status))).toEqual([]);
      const { body } = await by.call<Page>('POST', `${by.feedbacks}/search`);
      expect(body.meta['totalItems']).toBe(1);
    });
  });
});
