import { type TestApp } from './test-app.js';
import { badRequest, type Page, UserFeedbackClient } from './user-feedback.js';

/** What the searches are asked about, by a name that the tests know it by. */
export const SAID = {
  pay: {
    message: 'Payment FAILED, 100% of the time_',
    email: 'ann@example.com',
    rating: 5,
    os: 'ios',
    tags: ['ui', 'speed'],
    visitedAt: '2024-01-01',
    screenshots: ['https://example.com/one.png', 'https://example.com/two.png'],
    createdAt: '2024-02-01T00:00:00Z',
    issueNames: ['billing', 'login'],
  },
  late: {
    message: 'The payment page is slow',
    email: 'bob@example.com',
    rating: 3,
    os: 'web',
    tags: ['speed'],
    visitedAt: '2024-06-30T23:59:59.999Z',
    createdAt: '2024-03-01T00:00:00Z',
    issueNames: ['billing'],
  },
  crash: {
    message: 'ann@example.com',
    rating: -2.5,
    os: 'ios',
    tags: ['crash', 'ui'],
    visitedAt: '2024-07-01T09:00:00+09:00',
    internalNote: 'payment',
    createdAt: '2024-04-01T00:00:00Z',
    issueNames: ['login'],
  },
  none: { createdAt: '2024-05-01T00:00:00Z' },
} as const;

export type Name = keyof typeof SAID;

/** A channel with some feedback, and the same in a channel of another project, which nobody may find. */
export class SearchedFeedback {
  private constructor(
    readonly client: UserFeedbackClient,
    readonly ids: Readonly<Record<Name, number>>,
    private readonly issues: Readonly<Record<string, number>>,
  ) {}

  static async make(app: TestApp): Promise<SearchedFeedback> {
    const client = await UserFeedbackClient.make(app);
    const issues: Record<string, number> = {};
    const ids = {} as Record<Name, number>;
    for (const name of ['billing', 'login', 'unused']) issues[name] = await client.issue(name);
    for (const [name, body] of Object.entries(SAID)) ids[name as Name] = await client.say(body);
    const other = await UserFeedbackClient.make(app, { account: client.account });
    for (const body of Object.values(SAID)) await other.say(body);
    return new SearchedFeedback(client, ids, issues);
  }

  nameOf(id: number): string {
    return Object.entries(this.ids).find(([, each]) => each === id)?.[0] ?? `${id}`;
  }

  /** The names of what a search finds. In its body, names stand for ids: `$pay` of feedback, `#billing` of issues. */
  async found(path: string, body: unknown): Promise<string[]> {
    const answer = await this.client.call<Page>('POST', path, this.withIds(body));
    expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
    expect(answer.body.meta['totalItems']).toBe(answer.body.items.length);
    return answer.body.items.map(({ id }) => this.nameOf(id));
  }

  /** Holds that a search is refused with this message. */
  async refused(path: string, body: unknown, message: unknown): Promise<void> {
    const answer = await this.client.call('POST', path, body);
    expect([answer.status, answer.body]).toEqual([400, badRequest(message)]);
  }

  private withIds(value: unknown): unknown {
    const text = JSON.stringify(value)
      .replaceAll(/"\$(\w+)"/g, (_, name: Name) => String(this.ids[name]))
      .replaceAll(/"#(\w+)"/g, (_, name: string) => String(this.issues[name]));
    return JSON.parse(text) as unknown;
  }
}
