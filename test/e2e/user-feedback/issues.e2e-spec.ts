import { testApp } from '#test/support/test-app.js';
import { badRequest, failure, UserFeedbackClient } from '#test/support/user-feedback.js';

const STATUS_MESSAGE =
  'status must be one of the following values: INIT, ON_REVIEW, IN_PROGRESS, RESOLVED, PENDING';

describe('issues, the project and its fields', () => {
  const app = testApp();
  let client: UserFeedbackClient;
  let other: UserFeedbackClient;
  let issues: string;

  beforeAll(async () => {
    client = await UserFeedbackClient.make(app);
    other = await UserFeedbackClient.make(app, { account: client.account });
    issues = `${client.project}/issues`;
  });

  const get = async (id: number) =>
    (await client.call<Record<string, unknown>[]>('GET', `${issues}/${id}`)).body;
  const category = async (name: string, by = client) =>
    (await by.call<{ id: number }>('POST', `${by.project}/categories`, { name })).body.id;

  describe('an issue', () => {
    it('is made of all that is said, and read in an array, as the reference shows it', async () => {
      const body = {
        name: 'payment issue',
        status: 'IN_PROGRESS',
        description: 'This is a payment issue',
        externalIssueId: '123',
      };
      const created = await client.call('POST', issues, body);
      expect([created.status, created.body]).toEqual([201, { id: expect.any(Number) }]);
      expect(await get(created.body['id'] as number)).toEqual([
        {
          ...body,
          id: created.body['id'],
          category: null,
          feedbackCount: 0,
          createdAt: expect.stringMatching(/Z$/),
          updatedAt: expect.stringMatching(/Z$/),
        },
      ]);
    });

    it('is made of its name alone', async () => {
      const id = await client.issue('  name alone  ');
      expect(await get(id)).toMatchObject([
        { name: 'name alone', status: 'INIT', description: null, externalIssueId: null },
      ]);
    });

    it.each([
      { name: 'x'.repeat(30) },
      { name: '👍'.repeat(30) },
      { name: "'; drop table issue; --" },
      { name: 'null description', description: null, externalIssueId: null },
      { name: 'empty description', description: '' },
      { name: 'long description', description: 'x'.repeat(50) },
    ])('may be %j', async (body) => {
      const { status, body: created } = await client.call('POST', issues, body);
      expect(status).toBe(201);
      expect(await get(created['id'] as number)).toMatchObject([body]);
    });

    it.each<[object, unknown]>([
      [{}, ['name must be a string']],
      [{ name: null }, ['name must be a string']],
      [{ name: 5 }, ['name must be a string']],
      [{ name: '' }, ['name must be longer than or equal to 1 characters']],
      [{ name: '   ' }, ['name must be longer than or equal to 1 characters']],
      [{ name: 'x'.repeat(31) }, ['name must be shorter than or equal to 30 characters']],
      [{ name: 'a', status: 'OPEN' }, [STATUS_MESSAGE]],
      [{ name: 'a', status: null }, [STATUS_MESSAGE]],
      [{ name: 'a', status: ['INIT'] }, [STATUS_MESSAGE]],
      [{ name: 'a', description: 5 }, ['description must be a string']],
      [
        { name: 'a', description: 'x'.repeat(51) },
        ['description must be shorter than or equal to 50 characters'],
      ],
      [{ name: 'a', externalIssueId: {} }, ['externalIssueId must be a string']],
      [
        { name: 'a', externalIssueId: 'x'.repeat(256) },
        ['externalIssueId must be shorter than or equal to 255 characters'],
      ],
      [[], expect.stringContaining('object')],
    ])('may not be %j, new or changed', async (body, message) => {
      const id = await client.issue(`before ${Math.random()}`.slice(0, 30));
      const before = await get(id);
      for (const [method, path] of [
        ['POST', issues],
        ['PUT', `${issues}/${id}`],
      ] as const) {
        const answer = await client.call(method, path, body);
        expect([answer.status, answer.body]).toEqual([400, badRequest(message)]);
      }
      expect(await get(id)).toEqual(before);
    });

    it('has a name of its own in its project, and the codes of the reference say so', async () => {
      await client.issue('taken');
      const id = await client.issue('free');
      const made = await client.call('POST', issues, { name: ' taken ' });
      expect(made.body).toEqual(failure(400, 'issue name is duplicated', { code: 'IssueNameDuplicated' }));
      const renamed = await client.call('PUT', `${issues}/${id}`, { name: 'taken' });
      expect(renamed.body).toEqual(
        failure(400, 'Issue name is invalid: Duplicated name', { code: 'IssueInvalidName' }),
      );
      expect((await client.call('PUT', `${issues}/${id}`, { name: 'free' })).status).toBe(200);
      await other.issue('taken');
    });

    it('is made once for an Idempotency-Key', async () => {
      const send = (name: string) => client.call('POST', issues, { name }, { 'Idempotency-Key': 'issue' });
      const first = await send('made once');
      const again = await send('made once');
      expect([again.status, again.body]).toEqual([201, first.body]);
      expect(again.headers.get('idempotent-replayed')).toBe('true');
      expect((await send('another')).status).toBe(422);
    });

    it('keeps what an update leaves out', async () => {
      const id = await client.issue('to change', {
        status: 'ON_REVIEW',
        description: 'd',
        externalIssueId: 'e',
      });
      const answer = await client.call('PUT', `${issues}/${id}`, { name: 'changed' });
      expect([answer.status, answer.text]).toEqual([200, '']);
      expect(await get(id)).toMatchObject([
        { name: 'changed', status: 'ON_REVIEW', description: 'd', externalIssueId: 'e' },
      ]);
      await client.call('PUT', `${issues}/${id}`, {
        name: 'changed',
        status: 'RESOLVED',
        description: null,
        externalIssueId: null,
      });
      expect(await get(id)).toMatchObject([{ status: 'RESOLVED', description: null, externalIssueId: null }]);
    });

    it('goes alone or with others; feedback stays, without it', async () => {
      const feedback = await client.say({ issueNames: ['goes alone', 'goes along', 'goes along, too'] });
      const { issues: linked } = (await client.get(feedback)) as { issues: { id: number }[] };
      const [alone, ...along] = linked.map(({ id }) => id);
      const one = await client.call('DELETE', `${issues}/${alone}`);
      expect([one.status, one.text]).toEqual([200, '']);
      const many = await client.call('DELETE', issues, { issueIds: [...along, 999_999, 1e300] });
      expect([many.status, many.text]).toEqual([200, '']);
      expect(await client.get(feedback)).toMatchObject({ issues: [] });
    });

    it.each<[unknown, string]>([
      [{}, 'issueIds must be an array'],
      [{ issueIds: 1 }, 'issueIds must be an array'],
      [{ issueIds: ['1'] }, 'each value in issueIds must be an integer number'],
    ])('does not go by %j', async (body, message) => {
      expect((await client.call('DELETE', issues, body)).body).toEqual(badRequest([message]));
    });

    it('that is not there, or is of another project, is 404', async () => {
      const theirs = await other.issue('theirs');
      const own = await category('for nobody');
      for (const id of [999_999, theirs, 0, -5, '99999999999999999999']) {
        for (const [method, path, body] of [
          ['GET', `${issues}/${id}`],
          ['PUT', `${issues}/${id}`, { name: 'x' }],
          ['DELETE', `${issues}/${id}`],
          ['PUT', `${issues}/${id}/category/${own}`],
          ['DELETE', `${issues}/${id}/category/${own}`],
        ] as const) {
          const answer = await client.call(method, path, body);
          expect([method, path, answer.body]).toEqual([
            method,
            path,
            failure(404, 'issue is not found', { code: 'IssueNotFound' }),
          ]);
        }
      }
      await client.call('DELETE', issues, { issueIds: [theirs] });
      const still = await other.call<unknown[]>('GET', `${other.project}/issues/${theirs}`);
      expect(still.body).toMatchObject([{ name: 'theirs' }]);
    });
  });

  it('the project tells of itself, with its time zone as it is today', async () => {
    await app.query(`update project set time_zone = 'Asia/Seoul' where id = $1`, [client.projectId]);
    const { status, body } = await client.call('GET', client.project);
    expect([status, body]).toEqual([
      200,
      {
        id: client.projectId,
        name: expect.any(String),
        description: null,
        timezone: { countryCode: 'KR', name: 'Asia/Seoul', offset: '+09:00' },
        createdAt: expect.stringMatching(/Z$/),
        updatedAt: expect.stringMatching(/Z$/),
      },
    ]);
    for (const [zone, timezone] of [
      ['UTC', { countryCode: '', offset: '+00:00' }],
      ['Europe/London', { countryCode: 'GB' }],
      ['Asia/Kolkata', { countryCode: 'IN', offset: '+05:30' }],
    ] as const) {
      await app.query(`update project set time_zone = $2 where id = $1`, [client.projectId, zone]);
      expect((await client.call('GET', client.project)).body).toMatchObject({
        timezone: { ...timezone, name: zone },
      });
    }
  });

  it('the channel tells its active fields, with those that every channel has first', async () => {
    const by = await UserFeedbackClient.make(app);
    await app.query(`update field set active = false where project_id = $1 and key = 'os'`, [by.projectId]);
    const { body } = await by.call<object[]>('GET', `${by.project}/channels/${by.channelId}/fields`);
    const field = (key: string, name: string, format: string) => ({
      id: expect.any(String),
      key,
      name,
      format,
      status: 'ACTIVE',
    });
    expect(body).toEqual([
      field('id', 'ID', 'number'),
      field('createdAt', 'Created', 'date'),
      field('updatedAt', 'Updated', 'date'),
      field('issues', 'Issue', 'multiSelect'),
      field('message', 'Message', 'text'),
      field('email', 'E-mail', 'keyword'),
      field('rating', 'Rating', 'number'),
      field('tags', 'Tags', 'multiSelect'),
      field('visitedAt', 'Visited', 'date'),
      field('screenshots', 'Screenshots', 'images'),
      field('internalNote', 'Internal note', 'text'),
    ]);
  });
});
