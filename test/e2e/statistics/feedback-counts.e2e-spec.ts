import fc from 'fast-check';
import { StatisticsService } from '#libs/statistics/statistics.service.js';
import { AdminClient } from '#test/support/admin.js';
import { CountedFeedback } from '#test/support/counted-feedback.js';
import type { SeededAccount } from '#test/support/seed.js';
import { testApp } from '#test/support/test-app.js';
import { UserFeedbackClient } from '#test/support/user-feedback.js';

interface Volume {
  timeZone: string;
  from: string;
  to: string;
  days: { day: string; total: number }[];
  all: {
    total: number;
    byDialect: Record<string, number>;
    bySentiment: Record<string, number>;
    byStatus: Record<string, number>;
  };
}

interface IssueVolumes {
  issues: { id: number; name: string; status: string; count: number; perDay: number[] }[];
}

interface Duration {
  count: number;
  median: number;
  p90: number;
}

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'Asia/Kathmandu',
  'Pacific/Chatham',
  'America/St_Johns',
  'Pacific/Apia',
];

describe('the counts of feedback', () => {
  const app = testApp();
  let account: SeededAccount;
  let admin: AdminClient;
  let feedback: CountedFeedback;

  beforeAll(async () => {
    account = await app.seed.account();
    admin = await AdminClient.signIn(app, account.owner);
    feedback = new CountedFeedback(app, admin, account);
  });

  const volume = (projectId: number, query = '') =>
    admin.json<Volume>('GET', `/api/admin/statistics/volume?projectId=${projectId}${query}`);
  const issues = (projectId: number, query = '') =>
    admin.json<IssueVolumes>('GET', `/api/admin/statistics/issues?projectId=${projectId}${query}`);
  const fold = () => app.server.app.get(StatisticsService).fold();
  const plain = { dialect: 'insider-connect', status: null, sentiment: null, labels: null };

  it('follow every insert, change, removal, link, fold and move to another time zone', async () => {
    const row = fc.record({
      at: fc
        .date({ min: new Date('2026-03-20T00:00Z'), max: new Date('2026-04-10T00:00Z'), noInvalidDate: true })
        .map((at) => at.toISOString()),
      dialect: fc.constantFrom('insider-connect', 'user-feedback'),
      status: fc.constantFrom(null, 'OPEN', 'RESOLVED'),
      sentiment: fc.constantFrom(null, -1, 0, 1),
      labels: fc.constantFrom<string[] | null>(null, [], ['a'], ['a', 'b']),
    });
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.array(row, { minLength: 1, maxLength: 6 }).map((rows) => ({ rows })) },
      { weight: 2, arbitrary: row.map((change) => ({ change })) },
      { weight: 1, arbitrary: fc.constant({ remove: true as const }) },
      { weight: 1, arbitrary: fc.constant({ fold: true as const }) },
      { weight: 2, arbitrary: fc.constant({ link: true as const }) },
      { weight: 1, arbitrary: fc.constant({ unlink: true as const }) },
      { weight: 1, arbitrary: fc.constantFrom(...ZONES).map((zone) => ({ zone })) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), async (steps) => {
        const ref = await feedback.channel();
        // Neighbours run side by side, so that folds and moves meet writes.
        for (let i = 0; i < steps.length; i += 2) {
          await Promise.all(
            steps.slice(i, i + 2).map((each) => {
              if ('rows' in each) return feedback.insert(ref, each.rows);
              if ('fold' in each) return fold();
              if ('link' in each) return feedback.link(ref.projectId);
              if ('unlink' in each)
                return app.query('delete from feedback_issue where project_id = $1 and feedback_id % 5 = 0', [
                  ref.projectId,
                ]);
              if ('zone' in each)
                return admin.json('PATCH', `/api/admin/projects/${ref.projectId}`, { timeZone: each.zone });
              if ('remove' in each) return feedback.remove(ref.projectId);
              return feedback.change(ref.projectId, each.change);
            }),
          );
        }
        const found = await volume(ref.projectId, '&from=2026-03-01&to=2026-04-30');
        const expected = await app.query<{ day: string; count: number }>(
          `select to_char(created_at at time zone $2, 'YYYY-MM-DD') as day, count(*)::int as count from feedback
           where project_id = $1 group by 1 order by 1`,
          [ref.projectId, found.timeZone],
        );
        const busy = found.days.filter(({ total }) => total > 0);
        expect(busy.map(({ day, total }) => ({ day, count: total }))).toEqual(expected);
        const linked = await app.query<{ id: number; day: number; count: number }>(
          `select issue_id as id, (f.created_at at time zone $2)::date - '2026-03-01' as day, count(*)::int as count
           from feedback_issue l join feedback f on f.project_id = l.project_id and f.id = l.feedback_id
           where l.project_id = $1 group by 1, 2 order by 1, 2`,
          [ref.projectId, found.timeZone],
        );
        const counted = (await issues(ref.projectId, '&from=2026-03-01&to=2026-04-30')).issues;
        expect(
          counted
            .toSorted((a, b) => a.id - b.id)
            .flatMap(({ id, perDay }) =>
              perDay.flatMap((count, day) => (count > 0 ? [{ id, day, count }] : [])),
            ),
        ).toEqual(linked);
        for (const { count, perDay } of counted) expect(count).toBe(perDay.reduce((a, b) => a + b));
        const labelled = await app.query<{ count: number }>(
          `select count(*)::int as count from feedback
           where project_id = $1 and 'a' = any(labels) and coalesce(status, 'OPEN') = 'OPEN' and sentiment = -1`,
          [ref.projectId],
        );
        const narrow = '&from=2026-03-01&to=2026-04-30&label=a&status=OPEN&sentiment=negative';
        expect((await volume(ref.projectId, narrow)).all.total).toBe(labelled[0]!.count);
      }),
      { numRuns: 25 },
    );
  });

  it('are by public API, sentiment and status, day by day, none left out', async () => {
    const ref = await feedback.channel('Asia/Kathmandu');
    await feedback.insert(ref, [
      { ...plain, at: '2026-05-01T18:14:59.999Z', sentiment: -1 },
      { ...plain, at: '2026-05-01T18:15:00Z', status: 'OPEN' },
      { ...plain, at: '2026-05-03T00:00:00Z', dialect: 'user-feedback', sentiment: 1 },
    ]);
    const found = await volume(ref.projectId, '&from=2026-05-01&to=2026-05-03');
    expect(found.timeZone).toBe('Asia/Kathmandu');
    // Midnight in Nepal is at a quarter past six in the evening of UTC.
    expect(found.days.map(({ day, total }) => [day, total])).toEqual([
      ['2026-05-01', 1],
      ['2026-05-02', 1],
      ['2026-05-03', 1],
    ]);
    expect(found.all).toEqual({
      total: 3,
      byDialect: { 'insider-connect': 2, 'user-feedback': 1 },
      bySentiment: { negative: 1, neutral: 0, positive: 1, none: 1 },
      byStatus: { OPEN: 3 },
    });
    expect(
      (await volume(ref.projectId, `&from=2026-05-01&to=2026-05-03&channelId=${ref.channelId}`)).all.total,
    ).toBe(3);
  });

  it('are by issue, most first, as feedback is attached, detached and removed and issues go', async () => {
    const program = await UserFeedbackClient.make(app, { account });
    const { projectId, channelId, feedbacks } = program;
    await admin.json('PATCH', `/api/admin/projects/${projectId}`, { timeZone: 'Pacific/Chatham' });
    const call = async (method: string, path: string, body?: unknown) =>
      expect((await program.call(method, path, body)).status).toBeLessThan(300);
    const ids: number[] = [];
    for (const issueNames of [['slow'], ['slow', 'ugly'], ['slow']])
      ids.push(await program.say({ message: 'Hm.', issueNames }));
    const read = async (query = '') =>
      (await issues(projectId, query)).issues.map(({ name, status, count, perDay }) => {
        // All of it came today.
        expect(perDay).toEqual([...Array.from({ length: 29 }, () => 0), count]);
        return [name, status, count];
      });
    expect(await read()).toEqual([
      ['slow', 'INIT', 3],
      ['ugly', 'INIT', 1],
    ]);
    expect(await read(`&channelId=${channelId}`)).toHaveLength(2);
    const [slow, ugly] = (await issues(projectId)).issues.map(({ id }) => id);
    await call('DELETE', `${feedbacks}/${ids[0]}/issues/${slow}`);
    await call('POST', `${feedbacks}/${ids[0]}/issues/${ugly}`);
    await fold();
    await call('PUT', `${feedbacks}/${ids[2]}`, { issueNames: ['ugly', 'new'] });
    expect(await read()).toEqual([
      ['ugly', 'INIT', 3],
      ['slow', 'INIT', 1],
      ['new', 'INIT', 1],
    ]);
    await call('DELETE', feedbacks, { feedbackIds: [ids[1]] });
    expect(await read()).toEqual([
      ['ugly', 'INIT', 2],
      ['new', 'INIT', 1],
    ]);
    await admin.call('DELETE', `/api/admin/projects/${projectId}/issues/${ugly}`);
    expect(await read()).toEqual([['new', 'INIT', 1]]);
  });

  it('know days of 23 and 25 hours', async () => {
    const ref = await feedback.channel('Europe/Berlin');
    const hours = Array.from({ length: 96 }, (_, hour) => ({
      ...plain,
      at: new Date(Date.parse('2026-10-23T22:00:00Z') + hour * 3_600_000).toISOString(),
    }));
    await feedback.insert(ref, hours);
    await fold();
    const { days } = await volume(ref.projectId, '&from=2026-10-24&to=2026-10-26');
    expect(days.map(({ total }) => total)).toEqual([24, 25, 24]);
  });

  it('cover the last 30 days when nothing is said', async () => {
    const ref = await feedback.channel();
    const { from, to, days } = await volume(ref.projectId);
    expect(to).toBe(app.clock.now().toISOString().slice(0, 10));
    expect(days).toHaveLength(30);
    expect(days[0]!.day).toBe(from);
    expect((await volume(ref.projectId, '&from=9998-12-31')).to).toBe('9999-01-29');
    expect((await volume(ref.projectId, '&to=1970-01-01')).from).toBe('1969-12-03');
  });

  it.each([
    ['&from=2026-05-02&to=2026-05-01', 'from'],
    ['&from=2025-01-01&to=2026-05-01', 'from'],
    ['&from=2026-02-30', 'from'],
    ['&to=yesterday', 'to'],
    ['&channelId=x', 'channelId'],
    ['&sentiment=angry', 'sentiment'],
    ['&from=9999-12-01', 'from must be a day such as 2026-11-22, in the years 1970 to 9998'],
    ['&from=9999-12-31&to=9999-12-31', 'in the years 1970 to 9998'],
  ])('are refused for %s, naming %s', async (query, field) => {
    const { projectId } = await feedback.channel();
    const response = await admin.call('GET', `/api/admin/statistics/volume?projectId=${projectId}${query}`);
    expect(response.status).toBe(400);
    expect(JSON.stringify(await response.json())).toContain(field);
  });

  it('of another account’s project or channel are not there', async () => {
    const { projectId, channelId } = await feedback.channel();
    const other = await app.seed.account();
    const stranger = await AdminClient.signIn(app, other.owner);
    for (const path of ['volume', 'handling', 'issues']) {
      const url = `/api/admin/statistics/${path}?projectId=`;
      expect((await stranger.call('GET', url + projectId)).status).toBe(404);
      const own = await app.seed.project(other);
      expect((await stranger.call('GET', `${url}${own.id}&channelId=${channelId}`)).status).toBe(404);
    }
  });

  it('tell the median and the 90th percentile of the time to acknowledge and to resolve', async () => {
    const ref = await feedback.channel('Pacific/Chatham');
    await feedback.insert(
      ref,
      Array.from({ length: 11 }, () => ({ ...plain, at: '2026-05-01T00:00:00Z' })),
    );
    await app.query(
      `update feedback set acknowledged_at = created_at + (id - (select min(id) from feedback where project_id = $1))
         * interval '1 hour' where project_id = $1`,
      [ref.projectId],
    );
    const url = `/api/admin/statistics/handling?projectId=${ref.projectId}&from=2026-05-01&to=2026-05-02`;
    const { all, days } = await admin.json<{
      all: Record<string, Duration | null>;
      days: { day: string; acknowledged: Duration | null }[];
    }>('GET', url);
    expect(all).toEqual({ acknowledged: { count: 11, median: 5 * 3600, p90: 9 * 3600 }, resolved: null });
    // Noon and three quarters is when UTC's day begins on the Chatham Islands.
    expect(days.map(({ day, acknowledged }) => [day, acknowledged?.count ?? 0])).toEqual([
      ['2026-05-01', 11],
      ['2026-05-02', 0],
    ]);
  });
});
