import { testApp } from '#test/support/test-app.js';
import { badRequest, failure, UserFeedbackClient, WHOLE } from '#test/support/user-feedback.js';

describe('feedback that is there', () => {
  const app = testApp();
  let client: UserFeedbackClient;
  let other: UserFeedbackClient;

  beforeAll(async () => {
    client = await UserFeedbackClient.make(app);
    other = await UserFeedbackClient.make(app);
    await client.setActive('visitedAt', true);
  });

  describe('is updated', () => {
    it('in what was sent alone, with an empty answer, and its time of change moves', async () => {
      const id = await client.say({ ...WHOLE, issueNames: ['before'] });
      const before = await client.get(id);
      const answer = await client.call('PUT', `${client.feedbacks}/${id}`, {
        message: 'updated feedback message',
        os: null,
      });
      expect([answer.status, answer.text]).toEqual([200, '']);
      const after = await client.get(id);
      expect(after).toEqual({
        ...before,
        message: 'updated feedback message',
        os: null,
        updatedAt: expect.any(String),
        issues: expect.any(Array),
      });
      await client.call('PUT', `${client.feedbacks}/${id}`, {});
      const touched = await client.get(id);
      expect(touched['updatedAt']! > after['updatedAt']!).toBe(true);
      expect({ ...touched, updatedAt: 0 }).toEqual({ ...after, updatedAt: 0 });
    });

    it('to be about exactly the issues that it names, as the reference has them in its body', async () => {
      const id = await client.say({ issueNames: ['stays', 'goes'] });
      const name = async () => {
        const { issues } = (await client.get(id)) as { issues: { name: string; feedbackCount: number }[] };
        return issues.map((issue) => [issue.name, issue.feedbackCount]);
      };
      await client.call('PUT', `${client.feedbacks}/${id}`, { issueNames: ['stays', 'comes'] });
      expect(await name()).toEqual([
        ['stays', 1],
        ['comes', 1],
      ]);
      await client.call('PUT', `${client.feedbacks}/${id}`, { message: 'x' });
      expect(await name()).toHaveLength(2);
      await client.call('PUT', `${client.feedbacks}/${id}`, { issueNames: [] });
      expect(await name()).toEqual([]);
    });

    it('so that a search finds the new text and not the old one', async () => {
      const id = await client.say({ message: 'zebra crossing' });
      await client.call('PUT', `${client.feedbacks}/${id}`, { message: 'okapi crossing' });
      const hits = async (searchText: string) =>
        (
          await client.call<{ meta: { totalItems: number } }>('POST', `${client.feedbacks}/search`, {
            query: { searchText },
          })
        ).body.meta.totalItems;
      expect([await hits('zebra'), await hits('okapi')]).toEqual([0, 1]);
    });

    it.each<[unknown, unknown]>([
      [{ bogus: 1 }, 'invalid field name'],
      [{ issues: ['x'] }, 'invalid field name'],
      [{ internalNote: 'x' }, 'this field is read-only'],
      [{ createdAt: '2024-01-01' }, 'this field is read-only'],
      [{ id: 2 }, 'this field is read-only'],
      [{ visitedAt: '2024-01-01' }, 'this field is disabled'],
      [{ rating: 'five' }, 'rating: invalid value (value: five, format: number)'],
      [{ tags: null }, 'tags: invalid value (value: null, format: multiSelect)'],
      [{ tags: ['new'] }, 'tags: invalid value (value: ["new"], format: multiSelect)'],
      [{ os: 'iOS' }, 'os: invalid value (value: iOS, format: select)'],
      [{ message: 'x', os: 'windows' }, 'os: invalid value (value: windows, format: select)'],
      [{ issueNames: 'x' }, 'issueNames must be array'],
      [[], ['Validation failed (object is expected)']],
    ])('never by %j, which changes nothing', async (body, message) => {
      const id = await client.say(WHOLE);
      await client.setActive('visitedAt', false);
      const before = await client.get(id);
      const answer = await client.call('PUT', `${client.feedbacks}/${id}`, body);
      await client.setActive('visitedAt', true);
      expect([answer.status, answer.body]).toEqual([400, badRequest(message)]);
      expect(await client.get(id)).toEqual(before);
    });
  });

  describe('is removed', () => {
    const counts = async (): Promise<unknown> =>
      app.query('select name, feedback_count as count from issue where project_id = $1 order by id', [
        other.projectId,
      ]);

    it('many at once, with their links; what is not there is ignored', async () => {
      const ids = [await other.say({ issueNames: ['kept'] }), await other.say({ issueNames: ['kept'] })];
      const stays = await other.say({ issueNames: ['kept'] });
      const answer = await other.call('DELETE', other.feedbacks, {
        feedbackIds: [...ids, 999_999, -1, Number.MAX_VALUE],
      });
      expect([answer.status, answer.text]).toEqual([200, '']);
      for (const id of ids) expect(await other.get(id)).toMatchObject(failure(404, 'unknown id'));
      expect(await other.get(stays)).toMatchObject({ id: stays });
      expect(await counts()).toContainEqual({ name: 'kept', count: 1 });
      expect((await other.call('DELETE', other.feedbacks, { feedbackIds: [] })).status).toBe(200);
    });

    it('only where the key and the path lead', async () => {
      const theirs = await other.say({ message: 'theirs' });
      await client.call('DELETE', client.feedbacks, { feedbackIds: [theirs] });
      expect(await other.get(theirs)).toMatchObject({ message: 'theirs' });
    });

    it.each<[unknown, string]>([
      [{}, 'feedbackIds must be an array'],
      [{ feedbackIds: 1 }, 'feedbackIds must be an array'],
      [{ feedbackIds: '1' }, 'feedbackIds must be an array'],
      [{ feedbackIds: ['1'] }, 'each value in feedbackIds must be an integer number'],
      [{ feedbackIds: [1.5] }, 'each value in feedbackIds must be an integer number'],
      [{ feedbackIds: Array(1001).fill(1) }, 'feedbackIds must contain no more than 1000 elements'],
    ])('not by %j', async (body, message) => {
      const answer = await client.call('DELETE', client.feedbacks, body);
      expect([answer.status, answer.body]).toEqual([400, badRequest([message])]);
    });
  });

  describe('and issues', () => {
    it.each(['issue', 'issues'])(
      'are linked and parted at /%s/, once, by calls without a body',
      async (word) => {
        const feedbackId = await client.say({ message: 'x' });
        const issueId = await client.issue(`linked at ${word}`);
        const path = `${client.feedbacks}/${feedbackId}/${word}/${issueId}`;
        for (const linked of [true, true, false, false]) {
          const { status, body } = await client.call(linked ? 'POST' : 'DELETE', path);
          expect([status, body]).toEqual([linked ? 201 : 200, { issueId, feedbackId }]);
          const { issues } = (await client.get(feedbackId)) as { issues: object[] };
          expect(issues).toEqual(linked ? [expect.objectContaining({ id: issueId, feedbackCount: 1 })] : []);
        }
        const [issue] = (await client.call<unknown[]>('GET', `${client.project}/issues/${issueId}`)).body;
        expect(issue).toMatchObject({ feedbackCount: 0 });
      },
    );

    it('answer 404 for what is not there, or not in this project', async () => {
      const mine = await client.say({});
      const issue = await client.issue('mine');
      const theirs = await other.say({});
      const theirIssue = await other.issue('theirs');
      for (const [feedbackId, issueId] of [
        [mine, 999_999],
        [999_999, issue],
        [mine, theirIssue],
        [theirs, issue],
        [-1, issue],
        [mine, '99999999999999999999'],
      ]) {
        for (const method of ['POST', 'DELETE']) {
          const answer = await client.call(method, `${client.feedbacks}/${feedbackId}/issue/${issueId}`);
          expect(answer.body).toEqual(failure(404, 'unknown id', { error: 'Not Found' }));
        }
      }
    });
  });
});
