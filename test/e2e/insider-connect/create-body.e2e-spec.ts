import { gzipSync } from 'node:zlib';
import { createFeedback, envelope, EXAMPLE, tokenOf } from '#test/support/insider-connect.js';
import { testApp } from '#test/support/test-app.js';

const LIMIT = 65_536;
const json = JSON.stringify(EXAMPLE);
/** The example with one more member, as text. */
const withMember = (member: string) => `${json.slice(0, -1)},${member}}`;
/** `levels` arrays inside each other. */
const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
/** The example, blown up to so many bytes by a member that is ignored. */
const ofSize = (bytes: number) => withMember(`"x":"${'x'.repeat(bytes - json.length - 7)}"`);

describe('the body of POST /api/client/feedbacks', () => {
  const app = testApp();
  let token: string;
  beforeAll(async () => {
    token = await tokenOf(app, await app.seed.client());
  });

  const expectFailure = async (response: Response, status: number) => {
    const body = await envelope(response);
    expect(body).toEqual({
      isSuccess: false,
      data: null,
      errors: [expect.stringMatching(/^[A-Z].*\.$/)],
      requestId: response.headers.get('x-request-id'),
    });
    expect(JSON.stringify(body)).not.toMatch(/node_modules|SyntaxError|at position|\.ts/);
    expect(response.status).toBe(status);
  };
  const post = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string>) =>
    app.fetch('/api/client/feedbacks', {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, ...headers },
      body,
    });

  it.each([
    ['cut off', json.slice(0, -1)],
    ['not JSON', 'description=hello'],
    ['in single quotes', "{'a':1}"],
    ['with a comma too many', '{"a":1,}'],
    ['with something behind', `${json}x`],
    ['a bare word', 'undefined'],
    ['with NaN', withMember('"x":NaN')],
  ])('400 when it is %s', async (_what, body) => {
    await expectFailure(await createFeedback(app, token, body), 400);
  });

  it.each(['[]', `[${json}]`, 'null', 'true', '5', '"text"', '"\\u0000"'])(
    '400 when it is %s and no object',
    async (body) => {
      await expectFailure(await createFeedback(app, token, body), 400);
    },
  );

  it.each([
    ['NUL in the description', { ...EXAMPLE, description: 'a\0b' }],
    ['NUL in an unknown member', { ...EXAMPLE, unknown: ['\0'] }],
    ['NUL in the name of a member', { ...EXAMPLE, 'a\0b': 1 }],
  ])('400 for %s', async (_what, body) => {
    await expectFailure(await createFeedback(app, token, body), 400);
  });

  it.each([
    ['a high surrogate alone', '"description":"\\ud83d"'],
    ['a low surrogate alone', '"description":"\\ude00 x"'],
    ['surrogates the wrong way round', '"description":"\\ude00\\ud83d"'],
    ['one in an unknown member', '"x":{"y":["\\ud800"]}'],
    ['one in the name of a member', '"\\ud800":1'],
    ['a number beyond a double', '"x":1e400'],
    ['a number below one', '"x":[-1e400]'],
    ['a number beyond a double as rating', '"sentimentRating":1e400'],
    ['33 levels', `"x":${nested(32)}`],
    ['objects 33 deep', `"x":${'{"a":'.repeat(32)}1${'}'.repeat(32)}`],
    ['30 000 levels', `"x":${nested(30_000)}`],
  ])('400 for %s', async (_what, member) => {
    await expectFailure(await createFeedback(app, token, withMember(member)), 400);
  });

  it.each([
    ['32 levels', `"x":${nested(31)}`],
    ['a surrogate pair', '"description":"\\ud83d\\ude00"'],
    ['an integer beyond 2^53 in an unknown member', '"x":99999999999999999999'],
    [
      'the names of prototypes',
      '"__proto__":{"admin":true},"constructor":{"prototype":{"x":1}},"prototype":1',
    ],
    ['a prototype in place of the object', '"__proto__":null'],
    [
      'the names of methods',
      '"toString":1,"valueOf":"x","hasOwnProperty":[],"then":{},"toJSON":1,"length":-1',
    ],
  ])('201 for %s, and nothing of it stays', async (_what, member) => {
    const response = await createFeedback(app, token, withMember(member));
    expect(response.status).toBe(201);
    const { data } = await envelope<number>(response);
    const [row] = await app.query<{ fields: object }>('select fields from feedback where id = $1', [data]);
    expect(Object.keys(row!.fields)).toEqual(['description']);
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  });

  it('400 when members come by a prototype', async () => {
    const response = await createFeedback(app, token, `{"__proto__":${json}}`);
    expect(response.status).toBe(400);
    expect((await envelope(response)).errors).toHaveLength(2);
  });

  it('of a member that is sent twice, the last one counts', async () => {
    const good = await createFeedback(app, token, withMember('"description":5,"description":"last"'));
    expect(good.status).toBe(201);
    const { data } = await envelope<number>(good);
    expect(await app.query('select fields from feedback where id = $1', [data])).toEqual([
      { fields: { description: 'last' } },
    ]);
    const bad = await createFeedback(app, token, withMember('"contactConsent":null'));
    expect((await envelope(bad)).errors).toEqual(['Contact Consent is required.']);
  });

  it('may have 64 KB, and 413 for one byte more, by its bytes and not its characters', async () => {
    expect(Buffer.byteLength(ofSize(LIMIT))).toBe(LIMIT);
    expect((await createFeedback(app, token, ofSize(LIMIT))).status).toBe(201);
    await expectFailure(await createFeedback(app, token, ofSize(LIMIT + 1)), 413);
    await expectFailure(
      await createFeedback(app, token, ofSize(LIMIT - 10).replace('xxxxxxxxxxxx', '\u00fc'.repeat(12))),
      413,
    );
    await expectFailure(await createFeedback(app, token, ofSize(5_000_000)), 413);
  });

  it('413 by its size when inflated, too', async () => {
    const headers = { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' };
    await expectFailure(await post(new Uint8Array(gzipSync(ofSize(LIMIT + 1))), headers), 413);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/json',
    'application/xml',
    'nonsense',
  ])('415 for %s', async (type) => {
    await expectFailure(await post(json, { 'Content-Type': type }), 415);
  });

  it('415 without a content type, for an unknown charset or encoding', async () => {
    await expectFailure(await post(new TextEncoder().encode(json), {}), 415);
    await expectFailure(await post(json, { 'Content-Type': 'application/json; charset=klingon' }), 415);
    const headers = { 'Content-Type': 'application/json', 'Content-Encoding': 'klingon' };
    await expectFailure(await post(json, headers), 415);
  });

  it.each(['application/json; charset=utf-8', 'APPLICATION/JSON'])('201 for %s', async (type) => {
    expect((await post(json, { 'Content-Type': type })).status).toBe(201);
  });
});
