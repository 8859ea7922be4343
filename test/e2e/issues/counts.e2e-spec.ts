import fc from 'fast-check';
import { FeedbackEditor } from '#libs/feedback/editing/feedback-editor.js';
import { FeedbackService } from '#libs/feedback/feedback.service.js';
import { FeedbackIssuesService } from '#libs/feedback/issues/feedback-issues.service.js';
import { IssuesService } from '#libs/issues/issues.service.js';
import { CategoriesService } from '#libs/categories/categories.service.js';
import { sha256 } from '#libs/platform/crypto/secrets.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { uuidv7 } from '#libs/platform/ids/uuid.js';
import { countedIssues, say, type Workplace, workplace } from '#test/support/issues.js';
import { type TestApp, testApp } from '#test/support/test-app.js';

const services = (app: TestApp) => ({
  feedback: app.server.app.get(FeedbackService),
  editor: app.server.app.get(FeedbackEditor),
  links: app.server.app.get(FeedbackIssuesService),
  issues: app.server.app.get(IssuesService),
  categories: app.server.app.get(CategoriesService),
});

describe('issues and their counts', () => {
  const app = testApp();
  let processes: TestApp[];
  let place: Workplace;

  beforeAll(async () => {
    processes = [app, await app.replica()];
  });

  beforeEach(async () => {
    place = await workplace(app);
  });

  const issue = async (name: string) =>
    (await services(app).issues.create(place.by, place.projectId, { name })).result;

  it('a hundred creates with one new name, on two processes, make one issue and lose nothing', async () => {
    const ids = await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        say(processes[n % 2]!, place, { issueNames: ['Hot', `Own ${n}`] }),
      ),
    );
    expect(new Set(ids).size).toBe(100);
    const issues = await countedIssues(app, place);
    expect(Object.keys(issues)).toHaveLength(101);
    expect(issues['Hot']).toMatchObject({ feedbackCount: 100 });
    expect(await app.query('select from feedback where project_id = $1', [place.projectId])).toHaveLength(
      100,
    );
    const events = await app.query<{ type: string; count: number }>(
      'select type, count(*) from event where project_id = $1 and type ~ $2 group by type order by type',
      [place.projectId, '^(feedback|issue)'],
    );
    expect(events).toEqual([
      { type: 'feedback.created', count: 100 },
      { type: 'issue.created', count: 101 },
    ]);
  });

  it('stay exact whatever many writers on two processes do at once, and nobody waits in a circle', async () => {
    const NAMES = ['a', 'b', 'c', 'd', 'e'];
    const operation = fc.record({
      what: fc.constantFrom(
        'create',
        'attach',
        'detach',
        'update',
        'remove',
        'removeIssue',
        'rename',
        'categorise',
        'uncategorise',
      ),
      process: fc.nat(1),
      feedback: fc.array(fc.nat(5), { minLength: 1, maxLength: 3 }),
      names: fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { minLength: 50, maxLength: 80 }), async (operations) => {
        const here = await workplace(app);
        const { by, projectId } = here;
        const feedback = await Promise.all(
          Array.from({ length: 6 }, () => say(app, here, { issueNames: NAMES.slice(0, 3) })),
        );
        const { result: category } = await services(app).categories.create(by, projectId, { name: 'x' });
        const failures: unknown[] = [];
        const run = async ({ what, process, feedback: picked, names }: (typeof operations)[number]) => {
          const { editor, links, issues, categories } = services(processes[process]!);
          const ids = picked.map((index) => feedback[index]!);
          const known = await countedIds(projectId);
          const issueId = known.get(names[0]!) ?? 1;
          switch (what) {
            case 'create':
              return say(processes[process]!, here, { issueNames: names });
            case 'attach':
              return links.attach(by, here, ids[0]!, issueId);
            case 'detach':
              return links.detach(by, here, ids[0]!, issueId);
            case 'update':
              return editor.update(by, here, ids[0]!, { issueNames: names });
            case 'remove':
              return editor.remove(by, here, ids);
            case 'removeIssue':
              return issues.remove(by, projectId, [issueId]);
            case 'rename':
              return issues.update(by, projectId, issueId, { name: names.at(-1)! });
            case 'categorise':
              return issues.setCategory(by, projectId, issueId, category);
            case 'uncategorise':
              return categories.remove(by, projectId, category);
          }
        };
        await Promise.all(
          operations.map((each) =>
            run(each).catch((error: unknown) => {
              // What is gone may be asked for, and a name may be taken; nothing else goes wrong.
              const expected = error instanceof DomainError && ['not_found', 'conflict'].includes(error.code);
              if (!expected) failures.push(error);
            }),
          ),
        );
        expect(failures).toEqual([]);
        await countedIssues(app, here);
      }),
      { numRuns: 5, endOnFailure: true },
    );
  });

  async function countedIds(projectId: number): Promise<Map<string, number>> {
    const rows = await app.query<{ name: string; id: number }>(
      'select name, id from issue where project_id = $1',
      [projectId],
    );
    return new Map(rows.map(({ name, id }) => [name, id]));
  }

  it('count a feedback once, however often it is attached, and move both times of change', async () => {
    const { links } = services(app);
    const feedbackId = await say(app, place);
    const issueId = await issue('Bug');
    const times = async () => {
      const [row] = await app.query<{ at: Date }>(
        'select updated_at as at from feedback where project_id = $1 and id = $2',
        [place.projectId, feedbackId],
      );
      const { Bug } = await countedIssues(app, place);
      return [row!.at.getTime(), Bug!.updatedAt.getTime(), Bug!.feedbackCount] as const;
    };
    let before = await times();
    await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        services(processes[n % 2]!).links.attach(place.by, place, feedbackId, issueId),
      ),
    );
    let after = await times();
    expect(after[2]).toBe(1);
    expect([after[0] > before[0], after[1] > before[1]]).toEqual([true, true]);
    await links.attach(place.by, place, feedbackId, issueId);
    expect(await times()).toEqual(after);
    before = after;
    await links.detach(place.by, place, feedbackId, issueId);
    after = await times();
    expect(after[2]).toBe(0);
    expect([after[0] > before[0], after[1] > before[1]]).toEqual([true, true]);
    await links.detach(place.by, place, feedbackId, issueId);
    expect(await times()).toEqual(after);
    const types = await app.query(
      `select type, data from event where project_id = $1 and type like 'feedback.issue-%' order by type`,
      [place.projectId],
    );
    expect(types).toEqual([
      { type: 'feedback.issue-attached', data: { issueId } },
      { type: 'feedback.issue-detached', data: { issueId } },
    ]);
  });

  it('know nothing of feedback and issues of other channels and projects', async () => {
    const { links, editor } = services(app);
    const other = await workplace(app);
    const feedbackId = await say(app, place);
    const issueId = await issue('Bug');
    const foreign = await say(app, other);
    const notFound = (subject: string) => expect.objectContaining({ code: 'not_found', subject });
    for (const change of [links.attach.bind(links), links.detach.bind(links)]) {
      await expect(change(place.by, place, foreign, issueId)).rejects.toEqual(notFound('feedback'));
      await expect(change(other.by, other, foreign, issueId)).rejects.toEqual(notFound('issue'));
      await expect(change(other.by, place, feedbackId, issueId)).rejects.toEqual(notFound('project'));
    }
    expect(await editor.remove(other.by, other, [feedbackId])).toEqual([]);
    await expect(editor.remove(other.by, place, [feedbackId])).rejects.toEqual(notFound('channel'));
    await expect(editor.update(other.by, other, feedbackId, {})).rejects.toEqual(notFound('feedback'));
    expect(await countedIssues(app, place)).toMatchObject({ Bug: { feedbackCount: 0 } });
  });

  it('a row that cannot be written fails alone, with its issue', async () => {
    const long = 'x'.repeat(31);
    const written = await Promise.allSettled([
      ...Array.from({ length: 20 }, () => say(app, place, { issueNames: ['Shared'] })),
      say(app, place, { dialect: long, issueNames: ['Shared', 'Never'] }),
    ]);
    expect(written.map(({ status }) => status)).toEqual([...Array(20).fill('fulfilled'), 'rejected']);
    const issues = await countedIssues(app, place);
    expect(Object.keys(issues)).toEqual(['Shared']);
    expect(issues['Shared']!.feedbackCount).toBe(20);
  });

  it('a create that is repeated with its key counts once', async () => {
    const claim = {
      projectId: place.projectId,
      credentialId: uuidv7(),
      key: sha256('key'),
      fingerprint: sha256('body'),
    };
    const input = { dialect: 'user-feedback', fields: {}, texts: [], issueNames: ['Once'] };
    const create = (from: TestApp) => services(from).feedback.create(place.writer, input, claim);
    const tries = await Promise.all(processes.map(create));
    const again = await create(app);
    expect(tries.map(({ replayed }) => replayed).sort()).toEqual([false, true]);
    expect(again).toEqual({ result: tries[0]!.result, replayed: true });
    expect(tries[1]!.result).toBe(tries[0]!.result);
    expect(await countedIssues(app, place)).toMatchObject({ Once: { feedbackCount: 1 } });
  });

  it.each([
    [['']],
    [['  ']],
    [['x'.repeat(31)]],
    [['fine', '🙂'.repeat(31)]],
    [Array.from({ length: 101 }, (_, n) => `${n}`)],
  ])('names %j are refused, and nothing is written', async (issueNames) => {
    await expect(say(app, place, { issueNames })).rejects.toMatchObject({ code: 'invalid' });
    const feedbackId = await say(app, place);
    const change = services(app).editor.update(place.by, place, feedbackId, { issueNames });
    await expect(change).rejects.toMatchObject({ code: 'invalid' });
    expect(await countedIssues(app, place)).toEqual({});
  });

  it('names are kept without blanks around them, and one that comes twice is one', async () => {
    await say(app, place, { issueNames: [' Bug ', 'Bug', '🙂'.repeat(30), 'bug'] });
    await issue('  New one ');
    await expect(issue(' Bug')).rejects.toMatchObject({ code: 'conflict', subject: 'issue' });
    const issues = await countedIssues(app, place);
    expect(Object.keys(issues).sort()).toEqual(['Bug', 'New one', 'bug', '🙂'.repeat(30)].sort());
    expect(issues['Bug']!.feedbackCount).toBe(1);
  });
});
