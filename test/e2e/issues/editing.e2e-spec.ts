import { AttachmentsService } from '#libs/attachments/attachments.service.js';
import { FeedbackEditor, type FeedbackChange } from '#libs/feedback/editing/feedback-editor.js';
import { FeedbackIssuesService } from '#libs/feedback/issues/feedback-issues.service.js';
import { IssuesService } from '#libs/issues/issues.service.js';
import { ProjectsService } from '#libs/projects/projects.service.js';
import { countedIssues, say, type Workplace, workplace } from '#test/support/issues.js';
import { attach, tokenOf } from '#test/support/insider-connect.js';
import { type TestApp, testApp } from '#test/support/test-app.js';
import { until } from '#test/support/until.js';

interface Row {
  readonly fields: Record<string, unknown>;
  readonly text: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

describe('editing feedback', () => {
  const app = testApp();
  let replica: TestApp;
  let place: Workplace;

  beforeAll(async () => {
    replica = await app.replica();
  });

  beforeEach(async () => {
    place = await workplace(app);
  });

  const editor = (from: TestApp = app) => from.server.app.get(FeedbackEditor);
  const update = (id: number, change: FeedbackChange, from = app) =>
    editor(from).update(place.by, place, id, change);

  async function row(id: number): Promise<Row> {
    const [found] = await app.query<Row>(
      `select fields, search_text as text, created_at as "createdAt", updated_at as "updatedAt"
       from feedback where project_id = $1 and id = $2`,
      [place.projectId, id],
    );
    return found!;
  }

  async function events(id: number): Promise<unknown[]> {
    return app.query(
      `select type, data from event where project_id = $1 and subject_id = $2 and type like 'feedback.%'
       order by type, data::text`,
      [place.projectId, String(id)],
    );
  }

  it('changes what is given and nothing else, and the text for search with it', async () => {
    const id = await say(app, place, { fields: { message: 'Old', rating: 3 }, texts: ['Old'] });
    const before = await row(id);
    await update(id, { values: { message: 'New', note: 'Called back' } });
    const after = await row(id);
    expect(after).toMatchObject({
      fields: { message: 'New', rating: 3, note: 'Called back' },
      text: 'New\nCalled back',
      createdAt: before.createdAt,
    });
    expect(after.updatedAt > before.updatedAt).toBe(true);
    await update(id, { values: { message: '' } });
    expect((await row(id)).text).toBe('Called back');
    expect((await events(id)).slice(1)).toEqual([
      { type: 'feedback.updated', data: { members: ['message', 'note'] } },
      { type: 'feedback.updated', data: { members: ['message'] } },
    ]);
  });

  it('moves the time of change when nothing changes, even within a millisecond', async () => {
    const id = await say(app, place);
    const times: number[] = [];
    for (let n = 0; n < 3; n++) {
      await update(id, {});
      times.push((await row(id)).updatedAt.getTime());
    }
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
  });

  it('loses nothing of two changes at the same moment', async () => {
    const id = await say(app, place, { fields: {}, texts: [] });
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        update(
          id,
          { values: { [['message', 'note', 'rating'][n % 3]!]: n % 3 === 2 ? n : `${n}` } },
          [app, replica][n % 2],
        ),
      ),
    );
    const { fields, text } = await row(id);
    expect(Object.keys(fields).sort()).toEqual(['message', 'note', 'rating']);
    expect(text).toBe(`${fields['message'] as string}\n${fields['note'] as string}`);
  });

  it('makes the issues of a feedback exactly those that are named', async () => {
    const id = await say(app, place, { issueNames: ['Kept', 'Left'] });
    await update(id, { issueNames: ['Kept', ' New ', 'New'] });
    const issues = await countedIssues(app, place);
    expect(issues).toMatchObject({
      Kept: { feedbackCount: 1 },
      Left: { feedbackCount: 0 },
      New: { feedbackCount: 1 },
    });
    const linked = await app.server.app.get(FeedbackIssuesService).issuesOf(place.projectId, [id, id + 1]);
    expect([...linked].map(([key, list]) => [key, list.map(({ name }) => name)])).toEqual([
      [id, ['Kept', 'New']],
    ]);
    expect((await events(id)).slice(1)).toEqual([
      { type: 'feedback.issue-attached', data: { issueId: issues['New']!.id } },
      { type: 'feedback.issue-detached', data: { issueId: issues['Left']!.id } },
      { type: 'feedback.updated', data: { members: [] } },
    ]);
    await update(id, { values: { note: 'x' } });
    expect(await countedIssues(app, place)).toMatchObject({ Kept: { feedbackCount: 1 } });
    await update(id, { issueNames: [] });
    expect(Object.values(await countedIssues(app, place)).map(({ feedbackCount }) => feedbackCount)).toEqual([
      0, 0, 0,
    ]);
  });

  it('changes nothing of a feedback that is not there, and makes no issue for it', async () => {
    await expect(update(999_999_999, { issueNames: ['Ghost'] })).rejects.toMatchObject({
      code: 'not_found',
      subject: 'feedback',
    });
    expect(await countedIssues(app, place)).toEqual({});
  });

  it('removes many, with links and counts, and ignores what is not there', async () => {
    const ids = await Promise.all(
      Array.from({ length: 5 }, () => say(app, place, { issueNames: ['A', 'B'] })),
    );
    const gone = ids.slice(0, 3);
    const removed = await editor().remove(place.by, place, [...gone, gone[0]!, 999_999_999]);
    expect(removed).toEqual(gone.toSorted((a, b) => a - b));
    expect(await countedIssues(app, place)).toMatchObject({
      A: { feedbackCount: 2 },
      B: { feedbackCount: 2 },
    });
    expect(await editor().remove(place.by, place, gone)).toEqual([]);
    expect(await editor().remove(place.by, place, [])).toEqual([]);
    expect((await events(gone[0]!)).at(-1)).toEqual({ type: 'feedback.removed', data: {} });
  });

  it('takes the files of what is removed along, by the sweep', async () => {
    const client = await app.seed.client();
    const { projectId, channelId } = client;
    const here = { ...place, by: client.account.system, projectId, channelId };
    const id = await say(
      app,
      { ...here, writer: { ...here.by, projectId, channelId } },
      { fields: {}, texts: [] },
    );
    const pdf = { name: 'a.pdf', type: 'application/pdf', content: Buffer.from('%PDF-1.7\n%%EOF\n') };
    expect((await attach(app, await tokenOf(app, client), id, [pdf])).status).toBe(200);
    const files = () =>
      app.query<{ kept: boolean }>('select kept from stored_file where project_id = $1', [projectId]);
    expect(await files()).toEqual([{ kept: true }]);
    expect(await editor().remove(here.by, here, [id])).toEqual([id]);
    expect(await files()).toEqual([{ kept: false }]);
    app.clock.advance(25 * 3_600_000);
    await app.server.app.get(AttachmentsService).sweep();
    app.clock.reset();
    expect(await files()).toEqual([]);
  });

  it('is refused in a project that is archived, as creating is', async () => {
    const id = await say(app, place);
    await app.server.app.get(ProjectsService).update(place.by, place.projectId, { archived: true });
    const conflict = { code: 'conflict', subject: 'project' };
    // What was kept of the project is forgotten when the change is heard of.
    await until(() =>
      update(id, {})
        .then(() => false)
        .catch(() => true),
    );
    for (const attempt of [
      () => update(id, {}),
      () => editor().remove(place.by, place, [id]),
      () => app.server.app.get(FeedbackIssuesService).attach(place.by, place, id, 1),
      () => say(app, place),
    ]) {
      await expect(attempt()).rejects.toMatchObject(conflict);
    }
  });

  it('removes more than one statement has parameters for', async () => {
    const id = await say(app, place);
    const ids = Array.from({ length: 70_000 }, (_, n) => 500_000_000 + n);
    expect(await editor().remove(place.by, place, [...ids, id])).toEqual([id]);
    expect(await app.server.app.get(IssuesService).remove(place.by, place.projectId, ids)).toEqual([]);
    expect(await app.server.app.get(IssuesService).getMany(place.by, place.projectId, ids)).toEqual([]);
  });

  it('fills the columns that fields of a channel mirror, with what they bear', async () => {
    const columns = {
      authorName: 'Ada',
      authorEmail: 'Ada@EXAMPLE.com',
      sentiment: -1,
      labels: ['a', 'b'],
      submittedAt: new Date('2024-01-02T03:04:05.000Z'),
    };
    const id = await say(app, place, { columns });
    const [stored] = await app.query(
      `select author_name as "authorName", author_email as "authorEmail", sentiment, labels,
         submitted_at as "submittedAt", author_email_normalized as normalized
       from feedback where project_id = $1 and id = $2`,
      [place.projectId, id],
    );
    expect(stored).toEqual({ ...columns, authorEmail: 'Ada@example.com', normalized: 'ada@example.com' });
  });

  it.each([
    { authorName: 'x'.repeat(256) },
    { authorEmail: 'nobody' },
    { sentiment: 2 },
    { contactConsent: 'yes' },
    { labels: ['x'.repeat(51)] },
    { status: 7 },
    { submittedAt: null },
    { resolvedAt: new Date(Number.NaN) },
  ])('refuses %j for a column', async (columns) => {
    await expect(say(app, place, { columns })).rejects.toMatchObject({
      code: 'invalid',
      details: { violations: [{ field: Object.keys(columns)[0] }] },
    });
  });

  it('lets a feedback be older than its row', async () => {
    const createdAt = new Date('2020-02-29T12:00:00.000Z');
    const { createdAt: kept, updatedAt } = await row(await say(app, place, { createdAt }));
    expect(kept).toEqual(createdAt);
    expect(updatedAt.getTime()).toBeGreaterThan(Date.UTC(2026, 0));
  });
});
