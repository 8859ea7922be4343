import { gzipSync } from 'node:zlib';
import { AdminClient } from '#test/support/admin.js';
import { createFeedback, EXAMPLE, tokenOf } from '#test/support/insider-connect.js';
import { testApp } from '#test/support/test-app.js';

describe('a body', () => {
  const app = testApp({ RATE_LIMIT_ANONYMOUS: 0 });
  let admin: AdminClient;
  let client: string;

  beforeAll(async () => {
    const account = await app.seed.account();
    admin = await AdminClient.signIn(app, account.owner);
    client = await tokenOf(app, await app.seed.client({ account }));
  });

  /** Sends a body to POST /api/admin/projects as it is. */
  function send(body: RequestInit['body'], headers: Record<string, string> = {}): Promise<Response> {
    return app.fetch('/api/admin/projects', {
      method: 'POST',
      headers: { Authorization: `Bearer ${admin.token}`, 'Content-Type': 'application/json', ...headers },
      ...(body !== undefined && { body, duplex: 'half' }),
    } as RequestInit);
  }

  async function expectProblem(response: Response, status: number): Promise<{ detail: string }> {
    expect([response.status, response.headers.get('content-type')]).toEqual([
      status,
      'application/problem+json; charset=utf-8',
    ]);
    return (await response.json()) as { detail: string };
  }

  it('that is larger than the dialect takes is refused with 413, declared or streamed', async () => {
    const body = JSON.stringify({ name: 'a', description: 'a'.repeat(262_144) });
    await expectProblem(await send(body), 413);
    await expectProblem(await send(new Blob([body]).stream()), 413);
    const feedback = await createFeedback(app, client, { ...EXAMPLE, more: 'a'.repeat(65_536) });
    expect(feedback.status).toBe(413);
    expect(await feedback.json()).toMatchObject({ isSuccess: false, data: null });
  });

  it('that grows too large when it is unpacked is refused with 413', async () => {
    const bomb = gzipSync(JSON.stringify({ name: 'a', description: 'a'.repeat(50_000_000) }));
    expect(bomb.length).toBeLessThan(262_144);
    await expectProblem(await send(new Uint8Array(bomb), { 'Content-Encoding': 'gzip' }), 413);
  });

  it('that is packed by gzip is read', async () => {
    const packed = new Uint8Array(gzipSync(JSON.stringify({ name: 'Packed' })));
    expect((await send(packed, { 'Content-Encoding': 'gzip' })).status).toBe(201);
  });

  it.each([
    ['an encoding nobody knows', { 'Content-Encoding': 'zip' }, 415],
    ['two encodings', { 'Content-Encoding': 'gzip, gzip' }, 415],
    ['an encoding that is not true', { 'Content-Encoding': 'gzip' }, 400],
    ['a charset nobody knows', { 'Content-Type': 'application/json; charset=klingon' }, 415],
    ['a charset that JSON does not have', { 'Content-Type': 'application/json; charset=iso-8859-1' }, 415],
    ['no type', { 'Content-Type': '' }, 415],
    ['a type that is no JSON', { 'Content-Type': 'text/plain' }, 415],
    ['a form', { 'Content-Type': 'application/x-www-form-urlencoded' }, 415],
    ['a type that is none', { 'Content-Type': ';;;' }, 415],
  ])('with %s is refused', async (_, headers, status) => {
    await expectProblem(await send('{"name":"x"}', headers), status);
    const feedback = await createFeedback(app, client, EXAMPLE, headers);
    expect([feedback.status, await feedback.json()]).toEqual([
      status,
      expect.objectContaining({ isSuccess: false }),
    ]);
  });

  it.each([
    ['application/json; charset=utf-8', 'Utf'],
    ['Application/JSON;charset="UTF-8"', 'Case'],
    ['application/merge-patch+json', 'Suffix'],
  ])('of the type %s is read', async (type, name) => {
    expect((await send(JSON.stringify({ name }), { 'Content-Type': type })).status).toBe(201);
  });

  it.each(['{', '', '{"name":', "{'name':1}", '{"name":"x"}}', 'NaN', '\u0000', '{"name":"\u0001"}', '[1,]'])(
    'that is no JSON is refused with 400 (%j)',
    async (text) => {
      await expectProblem(await send(text), 400);
    },
  );

  it.each(['null', '1', '"x"', 'true', '[]', '[{"name":"x"}]'])(
    'that is no object is refused (%s)',
    async (text) => {
      const { detail } = await expectProblem(await send(text), 400);
      expect(detail).toBe('The request body must be a JSON object.');
    },
  );

  it.each([
    ['a NUL character', '{"name":"a\\u0000b"}'],
    ['a NUL character in a name', '{"name":"x","\\u0000":1}'],
    ['a NUL character in a member nobody reads', '{"name":"x","more":{"deep":["\\u0000"]}}'],
    ['a high surrogate alone', '{"name":"\\ud83d"}'],
    ['a low surrogate alone', '{"name":"\\ude00x"}'],
    ['surrogates in the wrong order', '{"name":"\\ude00\\ud83d"}'],
    ['a lone surrogate in a name', '{"name":"x","\\ud83d":1}'],
    ['a number beyond a double', '{"name":"x","n":1e400}'],
    ['a negative number beyond a double', '{"name":"x","n":[-1e999]}'],
    ['33 levels of arrays', `{"name":"x","n":${'['.repeat(32)}${']'.repeat(32)}}`],
    ['33 levels of objects', `${'{"n":'.repeat(32)}{}${'}'.repeat(32)}`],
    ['10,000 levels', `{"name":"x","n":${'['.repeat(10_000)}${']'.repeat(10_000)}}`],
  ])('with %s is refused with 400', async (_, text) => {
    await expectProblem(await send(text), 400);
    const feedback = await createFeedback(app, client, text);
    expect(feedback.status).toBe(400);
  });

  it.each([
    ['Latin-1', Uint8Array.of(0xe9)],
    ['half of a character', Uint8Array.of(0xe2, 0x82)],
    ['a surrogate as UTF-8 has none', Uint8Array.of(0xed, 0xa0, 0x80)],
  ])('that is %s instead of UTF-8 is refused with 400, not changed', async (_, bytes) => {
    const body = Buffer.concat([Buffer.from('{"name":"a'), bytes, Buffer.from('"}')]);
    const { detail } = await expectProblem(await send(new Uint8Array(body)), 400);
    expect(detail).toBe('The request body is not valid UTF-8.');
  });

  it('with 32 levels, a pair of surrogates and a huge integer that nobody reads is taken', async () => {
    const text = `{"name":"\\ud83d\\ude00","n":${'['.repeat(31)}${'9'.repeat(300)}${']'.repeat(31)}}`;
    const response = await send(text);
    expect([response.status, await response.json()]).toEqual([201, expect.objectContaining({ name: '😀' })]);
  });

  it.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])(
    'with a member %s does not reach any prototype',
    async (member) => {
      const name = `With ${member}`;
      const evil = `{"polluted":"yes","archived":true,"id":7}`;
      const response = await send(`{"name":"${name}","${member}":${evil},"more":{"${member}":${evil}}}`);
      expect(response.status).toBe(201);
      expect(await response.json()).toMatchObject({
        name,
        archived: false,
        id: expect.not.stringMatching('7'),
      });
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
      expect('polluted' in Object.prototype.toString).toBe(false);
    },
  );

  it('with a prototype that brings a required member lacks it all the same', async () => {
    await expectProblem(await send('{"__proto__":{"name":"Inherited"}}'), 400);
  });

  it('with a member twice says what the last one says', async () => {
    const response = await send('{"name":"First","name":"Last"}');
    expect([response.status, await response.json()]).toEqual([
      201,
      expect.objectContaining({ name: 'Last' }),
    ]);
  });

  it('that does not come is an empty object', async () => {
    const { detail } = await expectProblem(await send(undefined), 400);
    expect(detail).toContain('name');
  });

  it('with members nobody knows is taken without them', async () => {
    const response = await send(
      JSON.stringify({ name: 'Unknown', id: 1, accountId: 'x', archivedAt: null, createdAt: '2000-01-01' }),
    );
    const project = (await response.json()) as { createdAt: string };
    expect(response.status).toBe(201);
    expect(project.createdAt).not.toContain('2000');
    expect(project).not.toHaveProperty('accountId');
  });
});
