import { testApp } from '#test/support/test-app.js';
import { badRequest, failure, UserFeedbackClient, WHOLE } from '#test/support/user-feedback.js';

describe('new feedback', () => {
  const app = testApp();
  let client: UserFeedbackClient;
  let other: UserFeedbackClient;

  beforeAll(async () => {
    client = await UserFeedbackClient.make(app);
    other = await UserFeedbackClient.make(app);
    await client.setActive('visitedAt', true);
  });

  const rows = async (): Promise<unknown> =>
    app.query(
      `select (select count(*) from feedback) as feedback, (select count(*) from issue) as issues,
         (select count(*) from feedback_issue) as links, (select count(*) from event) as events,
         (select count(*) from idempotency_key) as keys`,
    );

  describe('is created', () => {
    it('with a value for each field, and read back as it was sent', async () => {
      const { status, body } = await client.call('POST', client.feedbacks, WHOLE);
      expect([status, body]).toEqual([201, { id: expect.any(Number) }]);
      expect(await client.get(body['id'] as number)).toEqual({
        ...WHOLE,
        id: body['id'],
        createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/),
        updatedAt: expect.any(String),
        issues: [],
      });
    });

    it('from nothing at all: no field is required, and what was not said is absent', async () => {
      const found = await client.get(await client.say({}));
      expect(Object.keys(found)).toEqual(['id', 'createdAt', 'updatedAt', 'issues']);
    });

    it.each([
      { message: '' },
      { os: null },
      { visitedAt: null },
      { tags: [] },
      { screenshots: [] },
      { rating: -0.001 },
      { visitedAt: 'March 7, 2024' },
      { visitedAt: '2024-02-29T10:00:00+09:00' },
      { screenshots: ['no link', {}, null] },
    ])('from %j, which its format takes', async (body) => {
      expect(await client.get(await client.say(body))).toMatchObject(body);
    });

    it('with issues, made when they are not there, each once', async () => {
      const known = await client.issue('known');
      const id = await client.say({ message: 'x', issueNames: ['known', ' fresh ', 'fresh'] });
      const { issues } = (await client.get(id)) as { issues: { id: number; name: string }[] };
      expect(issues).toEqual([
        expect.objectContaining({ id: known, name: 'known', feedbackCount: 1 }),
        {
          id: expect.any(Number),
          name: 'fresh',
          description: null,
          status: 'INIT',
          externalIssueId: null,
          feedbackCount: 1,
          createdAt: expect.any(String),
          updatedAt: expect.any(String),
          deletedAt: null,
        },
      ]);
    });

    it('with issues of its own project, though another one has some of the same name', async () => {
      const theirs = await other.issue('shared name');
      const id = await client.say({ issueNames: ['shared name'] });
      const { issues } = (await client.get(id)) as { issues: { id: number }[] };
      expect(issues.map((issue) => issue.id)).not.toContain(theirs);
    });

    it.each([null, '', false, 0, []])('without issues when issueNames is %j', async (issueNames) => {
      expect(await client.get(await client.say({ issueNames }))).toMatchObject({ issues: [] });
    });

    it('at a time of its own, when it says one', async () => {
      const id = await client.say({ createdAt: '2024-03-01T09:00:00+01:00' });
      expect(await client.get(id)).toMatchObject({ createdAt: '2024-03-01T08:00:00.000Z' });
      const now = await client.get(await client.say({ createdAt: null }));
      expect(Date.parse(now['createdAt'] as string)).toBeGreaterThan(Date.now() - 60_000);
    });

    it('with a field that is switched off, and with one that is read-only', async () => {
      await client.setActive('rating', false);
      expect(await client.get(await client.say({ rating: 3, internalNote: 'n' }))).toMatchObject({
        rating: 3,
        internalNote: 'n',
      });
      await client.setActive('rating', true);
    });

    it('once for an Idempotency-Key, and its answer comes again', async () => {
      const headers = { 'Idempotency-Key': 'one' };
      for (const body of [WHOLE, { issueNames: ['once'] }]) {
        const key = { 'Idempotency-Key': JSON.stringify(body).length.toString() };
        const first = await client.call('POST', client.feedbacks, body, key);
        const again = await client.call('POST', client.feedbacks, body, key);
        expect(again.body).toEqual(first.body);
        expect(again.headers.get('idempotent-replayed')).toBe('true');
      }
      await client.call('POST', client.feedbacks, { rating: 1 }, headers);
      const changed = await client.call('POST', client.feedbacks, { rating: 2 }, headers);
      expect(changed.body).toEqual(failure(422, expect.any(String), { error: 'Unprocessable Entity' }));
    });
  });

  describe('is refused, and nothing is written', () => {
    const LONG = 'x'.repeat(31);
    const wrong = (value: unknown, type: string, fieldKey: string) =>
      `invalid value: (value: ${JSON.stringify(value)}, type: ${type}, fieldKey: ${fieldKey})`;

    it.each<[unknown, unknown]>([
      [{ bogus: 1 }, 'invalid field key: bogus'],
      [{ "x'; drop table feedback; --": 1 }, "invalid field key: x'; drop table feedback; --"],
      ...['id', 'ids', 'issues', 'issueIds', 'updatedAt'].map((key): [unknown, unknown] => [
        { [key]: 1 },
        `reserved field key is unavailable: ${key}`,
      ]),
      [{ issueNames: 'one' }, 'issueNames must be array'],
      [{ issueNames: { length: 1 } }, 'issueNames must be array'],
      [{ bogus: 1, issueNames: 'one' }, 'issueNames must be array'],
      [{ issueNames: [LONG] }, expect.stringContaining('1 to 30 characters')],
      [{ issueNames: ['ok', '  '] }, expect.stringContaining('1 to 30 characters')],
      [{ issueNames: ['ok', 7] }, expect.stringContaining('1 to 30 characters')],
      [{ issueNames: Array.from({ length: 101 }, (_, n) => `n${n}`) }, expect.stringContaining('100')],
      [{ message: null }, wrong(null, 'text', 'message')],
      [{ message: 7 }, wrong(7, 'text', 'message')],
      [{ email: ['a'] }, wrong(['a'], 'keyword', 'email')],
      [{ rating: '5' }, wrong('5', 'number', 'rating')],
      [{ rating: null }, wrong(null, 'number', 'rating')],
      [{ os: 'windows' }, wrong('windows', 'select', 'os')],
      [{ os: 'iOS' }, wrong('iOS', 'select', 'os')],
      [{ tags: null }, wrong(null, 'multiSelect', 'tags')],
      [{ tags: 'ui' }, wrong('ui', 'multiSelect', 'tags')],
      [{ tags: ['ui', 'other'] }, wrong(['ui', 'other'], 'multiSelect', 'tags')],
      [{ visitedAt: 'soon' }, wrong('soon', 'date', 'visitedAt')],
      [{ visitedAt: 1_700_000_000_000 }, wrong(1_700_000_000_000, 'date', 'visitedAt')],
      [{ screenshots: 'x' }, wrong('x', 'images', 'screenshots')],
      [{ createdAt: 'soon' }, wrong('soon', 'date', 'createdAt')],
      [{ createdAt: '-000100-01-01T00:00:00Z' }, wrong('-000100-01-01T00:00:00Z', 'date', 'createdAt')],
      [{ createdAt: 5 }, wrong(5, 'date', 'createdAt')],
      [{ rating: 'a', bogus: 1 }, wrong('a', 'number', 'rating')],
      [{ bogus: 1, rating: 'a' }, 'invalid field key: bogus'],
      [[], ['Validation failed (object is expected)']],
      ['"text"', ['Validation failed (object is expected)']],
      ['null', ['Validation failed (object is expected)']],
      ['{', 'The request body is not valid JSON.'],
      [{ message: 'NUL \0' }, 'The request body has a NUL character.'],
      ['{"rating":1e999}', 'The request body has a number that is out of range.'],
    ])('%j', async (body, message) => {
      const before = await rows();
      const answer = await client.call('POST', client.feedbacks, body, { 'Idempotency-Key': 'refused' });
      expect([answer.status, answer.body]).toEqual([400, badRequest(message)]);
      expect(await rows()).toEqual(before);
    });

    it('with images on a host that the channel does not know', async () => {
      const strict = await UserFeedbackClient.make(app, { imageHosts: ['img.example.com'] });
      for (const [link, host] of [
        ['https://evil.example/a.png', 'evil.example'],
        ['https://img.example.com.evil.example/a.png', 'img.example.com.evil.example'],
        ['https://img.example.com@evil.example/', 'evil.example'],
      ]) {
        const { body } = await strict.call('POST', strict.feedbacks, { screenshots: [link] });
        expect(body).toEqual(badRequest(`invalid domain in image link: ${host} (fieldKey: screenshots)`));
      }
      const none = await strict.call('POST', strict.feedbacks, { screenshots: ['a.png'] });
      expect(none.body).toEqual(badRequest(wrong(['a.png'], 'images', 'screenshots')));
      await strict.say({ screenshots: ['https://IMG.example.com:8443/a.png'] });
    });

    it('without saying a long value again in full', async () => {
      const { body } = await client.call('POST', client.feedbacks, { os: 'x'.repeat(100_000) });
      expect((body['message'] as string).length).toBeLessThan(400);
    });
  });
});
