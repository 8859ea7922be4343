import { AdminClient, signIn } from '#test/support/admin.js';
import { attach, createFeedback, EXAMPLE, requestToken, tokenOf } from '#test/support/insider-connect.js';
import { type ApiDocument, compiler, operationsOf, readDocuments } from '#test/support/openapi.js';
import { type TestApp, testApp } from '#test/support/test-app.js';

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
      const schema = type && documented!.content?.[type]?.schema;
      expect([what, type, response.status === 204 || schema !== undefined]).toEqual([what, type, true]);
      if (!type?.endsWith('json')) return response;
      const validate = compile(schema as object);
      validate(await response.clone().json());
      expect([what, validate.errors]).toEqual([what, null]);
      return response;
    };
    return { ...app, fetch } as TestApp;
  }

  it('in the management API is what its document says, success and failure', async () => {
    const api = witnessed('admin');
    const account = await app.seed.account({ operator: true });
    const admin = await AdminClient.signIn(api, account.owner);
    const id = '00000000-0000-7000-8000-000000000000';
    await signIn(api, { email: account.owner.email, password: 'wrong' });
    await signIn(api, { email: 'no address', password: '' });
    await admin.call('GET', '/api/auth/me');
    await api.fetch('/api/auth/me');
    const project = await admin.json<{ id: number }>('POST', '/api/admin/projects', { name: 'Documented' });
    await admin.call('POST', '/api/admin/projects', { name: 'Documented' });
    await admin.call('POST', '/api/admin/projects', { name: '' });
    for (const path of [
      '/api/admin/projects',
      `/api/admin/projects/${project.id}`,
      '/api/admin/projects/999999',
      '/api/admin/projects/x',
      '/api/admin/projects?limit=1',
      '/api/admin/projects?limit=0',
      '/api/admin/accounts',
      `/api/admin/accounts/${account.id}`,
      '/api/admin/users',
      `/api/admin/users/${account.owner.id}`,
      `/api/admin/users/${id}`,
    ]) {
      await admin.call('GET', path);
    }
    await admin.call('PATCH', `/api/admin/projects/${project.id}`, { description: 'x' });
    await admin.call('POST', '/api/admin/accounts', {
      name: 'Another',
      owner: { email: 'another@example.com', password: 'correct horse battery staple' },
    });
    await admin.call('PATCH', `/api/admin/accounts/${account.id}`, { name: 'Renamed' });
    const channels = `/api/admin/projects/${project.id}/channels`;
    const channel = await admin.json<{ id: number }>('POST', channels, { name: 'Channel' });
    await admin.call('GET', channels);
    await admin.call('GET', `${channels}/${channel.id}`);
    await admin.call('PATCH', `${channels}/${channel.id}`, { name: 'Other' });
    const client = await admin.json<{ id: string; channelId: number; secrets: { id: string }[] }>(
      'POST',
      '/api/admin/oauth-clients',
      { name: 'Client', projectId: project.id },
    );
    await admin.call('GET', `${channels}/${client.channelId}/fields`);
    await admin.call('GET', '/api/admin/oauth-clients');
    await admin.call('GET', `/api/admin/oauth-clients/${client.id}`);
    await admin.call('PATCH', `/api/admin/oauth-clients/${client.id}`, { name: 'New' });
    await admin.call('POST', `/api/admin/oauth-clients/${client.id}/secrets`, { overlapSeconds: 60 });
    await admin.call('POST', `/api/admin/oauth-clients/${client.id}/secrets`, {});
    await admin.call('DELETE', `/api/admin/oauth-clients/${client.id}/secrets/${client.secrets[0]!.id}`);
    const user = { email: 'member@example.com', password: 'correct horse battery staple', role: 'member' };
    const member = await admin.json<{ id: string }>('POST', '/api/admin/users', user);
    await admin.call('PATCH', `/api/admin/users/${member.id}`, { name: 'Ada' });
    const ada = await AdminClient.signIn(api, user);
    await ada.call('GET', '/api/admin/users');
    for (const currentPassword of ['wrong', user.password]) {
      await ada.call('PUT', '/api/auth/password', {
        currentPassword,
        newPassword: 'another horse altogether',
      });
    }
    await admin.call('POST', '/api/admin/signing-keys/rotate');
    await api.fetch('/api/admin/projects', {
      method: 'POST',
      headers: { Authorization: `Bearer ${admin.token}`, 'Content-Type': 'text/plain' },
      body: 'x',
    });
    expectEverySuccess('admin');
  });

  it('in insider-connect is what its document says, success and failure', async () => {
    const api = witnessed('insider-connect');
    const client = await app.seed.client();
    const token = await tokenOf(api, client);
    const reader = await tokenOf(api, client, 'feedback.read');
    const read = (path: string) => api.fetch(path, { headers: { Authorization: `Bearer ${token}` } });
    await requestToken(api, { grant_type: 'client_credentials', client_id: 'x', client_secret: 'y' });
    await requestToken(api, {}, { Authorization: 'Basic eDp5' });
    const created = await createFeedback(api, token, EXAMPLE, { 'Idempotency-Key': 'one' });
    const { data: id } = (await created.json()) as { data: number };
    await createFeedback(api, token, { ...EXAMPLE, description: 'other' }, { 'Idempotency-Key': 'one' });
    await createFeedback(api, token, {});
    await createFeedback(api, reader);
    await createFeedback(api, 'garbage');
    await createFeedback(api, token, EXAMPLE, { 'Content-Type': 'text/plain' });
    await createFeedback(api, token, { ...EXAMPLE, more: 'x'.repeat(70_000) });
    const pdf = { name: 'a.pdf', type: 'application/pdf', content: Buffer.from('%PDF-1.7\n%%EOF\n') };
    const attached = await attach(api, token, id, [pdf]);
    const { data: attachmentId } = (await attached.json()) as { data: number };
    await attach(api, token, id, []);
    await attach(api, token, 999_999_999, [pdf]);
    await read('/api/client/feedbacks');
    await read('/api/client/feedbacks?limit=1');
    await read('/api/client/feedbacks?cursor=x');
    await read(`/api/client/feedbacks/${id}`);
    await read('/api/client/feedbacks/999999999');
    await read(`/api/client/feedbacks/${id}/attachments/${attachmentId}`);
    await read(`/api/client/feedbacks/${id}/attachments/1`);
    await api.fetch('/.well-known/jwks.json');
    await api.fetch('/.well-known/oauth-authorization-server');
    expectEverySuccess('insider-connect');
  });

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
