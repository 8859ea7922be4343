import { expectProblem } from '#test/support/problems.js';
import { entryOf, type History, type ScopedClient, SERVER, userWith } from '#test/support/scoped-feedback.js';
import type { SeededAccount } from '#test/support/seed.js';
import { testApp } from '#test/support/test-app.js';

describe('GET /v1/feedback/:feedbackId/history', () => {
  const app = testApp();
  let account: SeededAccount;
  let editor: ScopedClient;
  let reader: ScopedClient;
  let id: string;
  beforeAll(async () => {
    account = await app.seed.account();
    editor = await userWith(app, account, ['feedback:*'], SERVER, 'Grace');
    reader = await userWith(app, account, ['feedback:read'], SERVER, 'Ada');
  });
  beforeEach(async () => {
    id = await editor.created();
  });

  const patch = async (body: unknown) => entryOf(await editor.patch(id, body));
  const history = async (query?: string) => entryOf<History>(await editor.history(id, query));
  it('tells who changed what and when, newest first, and never what people wrote', async () => {
    const one = await patch({ status: 'ACKNOWLEDGED', resolutionNote: 'a secret note', labels: ['hush'] });
    const two = await patch({ status: 'RESOLVED', severity: 'HIGH', assignedUserId: reader.id });
    const by = { actorKind: 'user', actorId: editor.id, actorName: 'Grace' };
    const { items, nextCursor } = await history();
    expect(nextCursor).toBeNull();
    expect(items).toEqual([
      { member: 'status', from: 'ACKNOWLEDGED', to: 'RESOLVED', changedAt: two.updatedAt, ...by },
      { member: 'severity', from: 'LOW', to: 'HIGH', changedAt: two.updatedAt, ...by },
      { member: 'assignedUserId', from: null, to: reader.id, changedAt: two.updatedAt, ...by },
      { member: 'status', from: 'OPEN', to: 'ACKNOWLEDGED', changedAt: one.updatedAt, ...by },
      { member: 'resolutionNote', from: null, to: null, changedAt: one.updatedAt, ...by },
      { member: 'labels', from: null, to: null, changedAt: one.updatedAt, ...by },
    ]);
    const events = await app.query(
      `select data, actor_id as actor from event where type = 'feedback.updated' and subject_id = $1 order by id`,
      [id],
    );
    expect(events).toEqual([
      {
        actor: editor.id,
        data: {
          members: ['status', 'labels', 'resolutionNote'],
          status: { from: 'OPEN', to: 'ACKNOWLEDGED' },
        },
      },
      {
        actor: editor.id,
        data: {
          members: ['status', 'severity', 'assigneeId'],
          status: { from: 'ACKNOWLEDGED', to: 'RESOLVED' },
        },
      },
    ]);
    const stored = await app.query(
      `select feedback_history::text as text from feedback_history where feedback_id = $1
         union all select event::text from event where subject_id = $1::text`,
      [id],
    );
    expect(JSON.stringify(stored)).not.toMatch(/secret note|hush|banner/i);
  });

  it('is read a page at a time, each change once', async () => {
    for (const severity of ['MEDIUM', 'HIGH', 'CRITICAL']) await patch({ severity, category: severity });
    const all = (await history()).items;
    const seen: unknown[] = [];
    let next: string | null = '';
    while (next !== null) {
      const page: History = await history(`?limit=2${next && `&cursor=${next}`}`);
      seen.push(...page.items);
      next = page.nextCursor;
    }
    expect(seen).toEqual(all);
    expect(all).toHaveLength(6);
    for (const wrong of ['?limit=0', '?limit=201', '?cursor=x', `?cursor=${next ?? 'W10'}`]) {
      await expectProblem(await editor.history(id, wrong), 400);
    }
  });

  it('goes with the entry', async () => {
    await patch({ status: 'RESOLVED' });
    await app.query('delete from feedback where id = $1', [id]);
    expect(await app.query('select 1 from feedback_history where feedback_id = $1', [id])).toEqual([]);
    await expectProblem(await editor.history(id), 404);
  });
});
