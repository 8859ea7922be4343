import { ChannelsService } from '#libs/channels/channels.service.js';
import type { NewField } from '#libs/channels/new-field.js';
import { ScopedInboxes } from '#libs/feedback/inbox/scoped-inboxes.service.js';
import { CHANNEL_FIELDS as CLIENT_FIELDS } from '#apps/api/src/dialects/insider-connect/channel-schema.js';
import { INBOX_PLAN } from '#apps/api/src/dialects/scoped-feedback/inbox-plan.js';
import { CHANNEL_FIELDS as SOURCE_FIELDS } from '#apps/api/src/dialects/source-import/channel-schema.js';
import { AdminClient } from './admin.js';
import { tokenOf } from './insider-connect.js';
import { ScopedClient } from './scoped-feedback.js';
import type { SeededAccount, SeededSource } from './seed.js';
import type { TestApp } from './test-app.js';

export type Values = Readonly<Record<string, unknown>>;

/** A channel, and how a program with a user-feedback key reads it. */
export interface Reading {
  readonly projectId: number;
  readonly channelId: number;
  readonly key: string;
  readonly fields: readonly NewField[];
}

/** What was written, as it must be read. */
export interface Written {
  readonly id: number;
  readonly values: Values;
  /** When it was created; left out where the store's clock says so. */
  readonly createdAt?: string | undefined;
  /** What the inbox shows beside values, ids and times. */
  readonly inbox: Values;
}

export const MIRROR_FIELDS: readonly NewField[] = [
  { key: 'score', name: 'Score', format: 'number', editable: true },
  { key: 'message', name: 'Message', format: 'text', editable: true },
  { key: 'more', name: 'More', format: 'text', editable: true },
  { key: 'tag', name: 'Tag', format: 'keyword', editable: true },
  { key: 'contentKey', name: 'Content', format: 'keyword', editable: true },
];

/** One account with a channel of each public API, and everybody who may read them. */
export class CrossReadWorld {
  private constructor(
    private readonly app: TestApp,
    readonly account: SeededAccount,
    readonly admin: AdminClient,
    readonly owner: ScopedClient,
    readonly source: SeededSource,
    readonly token: string,
    readonly channels: Readonly<Record<'client' | 'source' | 'inbox' | 'own', Reading>>,
  ) {}

  static async make(app: TestApp): Promise<CrossReadWorld> {
    const account = await app.seed.account();
    const nest = app.server.app;
    const { id: projectId } = await app.seed.project(account);
    const client = await app.seed.client({ account, projectId });
    const source = await app.seed.source({ account, projectId, timeZone: 'Asia/Kathmandu' });
    const own = await nest
      .get(ChannelsService)
      .create(account.system, projectId, { name: 'Own', dialect: 'user-feedback', fields: MIRROR_FIELDS });
    const inbox = await nest.get(ScopedInboxes).ensure(account.id, INBOX_PLAN);
    const key = await app.seed.apiKey(account, { dialect: 'user-feedback', projectId });
    const inboxKey = await app.seed.apiKey(account, {
      dialect: 'user-feedback',
      projectId: inbox.projectId,
    });
    return new CrossReadWorld(
      app,
      account,
      await AdminClient.signIn(app, account.owner),
      await ScopedClient.signIn(app, account.owner),
      source,
      await tokenOf(app, client),
      {
        client: { projectId, channelId: client.channelId, key, fields: CLIENT_FIELDS },
        source: { projectId, channelId: source.channelId, key, fields: SOURCE_FIELDS },
        inbox: {
          projectId: inbox.projectId,
          channelId: inbox.channelId,
          key: inboxKey,
          fields: INBOX_PLAN.channel.fields,
        },
        own: { projectId, channelId: own.id, key, fields: MIRROR_FIELDS },
      },
    );
  }

  /** A call of user-feedback in a channel, which must succeed. @returns undefined for an empty answer */
  async call<T = Record<string, unknown>>(
    { projectId, channelId, key }: Reading,
    method: string,
    leaf: string,
    body?: unknown,
    version = '/api',
  ): Promise<T> {
    const path = `${version}/projects/${projectId}/channels/${channelId}/feedbacks${leaf}`;
    const response = await this.app.fetch(path, {
      method,
      headers: { 'x-api-key': key, 'Content-Type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    const text = await response.text();
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  search(reading: Reading, body: object): Promise<{ items: (Values & { readonly id: number })[] }> {
    return this.call(reading, 'POST', '/search', { limit: 1000, ...body }, '/api/v2');
  }

  async insider<T = Values>(path: string, init: RequestInit = {}): Promise<T> {
    const response = await this.app.fetch(`/api/client/feedbacks${path}`, {
      ...init,
      headers: { Authorization: `Bearer ${this.token}`, 'Content-Type': 'application/json' },
    });
    const { data, errors } = (await response.json()) as { data: T; errors: unknown };
    if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(errors)}`);
    return data;
  }

  /** Expects that what was written is read through user-feedback and the inbox: all of it, and nothing else. */
  async expectRead(reading: Reading, written: readonly Written[]): Promise<void> {
    await Promise.all(written.map((one) => this.expectOne(reading, one)));
    await this.expectOrders(reading, written);
  }

  private async expectOne(reading: Reading, { id, values, createdAt, inbox }: Written): Promise<void> {
    const moment = createdAt ?? expect.stringMatching(/Z$/);
    const view = await this.call<Values>(reading, 'GET', `/${id}`);
    expect(view).toEqual({ ...values, id, issues: [], createdAt: moment, updatedAt: expect.any(String) });
    const queries = [
      { key: 'id', value: id, condition: 'IS' },
      { key: 'createdAt', value: momentOf(view['createdAt'] as string), condition: 'BETWEEN' },
      ...reading.fields.flatMap((field) => queriesFor(field, values[field.key])),
    ];
    expect((await this.search(reading, { queries })).items).toEqual([view]);
    const item = await this.admin.json<Values>('GET', `/api/admin/feedback/${id}`);
    expect(item).toEqual({
      id,
      projectId: reading.projectId,
      channelId: reading.channelId,
      values,
      author: { id: null, name: null, email: null, contactConsent: null },
      sentiment: null,
      scope: null,
      status: 'OPEN',
      severity: null,
      labels: [],
      category: null,
      assigneeId: null,
      resolutionNote: null,
      issues: [],
      attachments: [],
      submittedAt: moment,
      createdAt: moment,
      updatedAt: view['updatedAt'],
      acknowledgedAt: null,
      resolvedAt: null,
      ...inbox,
    });
  }

  /** Every field that has an order puts the rows into the one that plain comparison gives. */
  private async expectOrders(reading: Reading, written: readonly Written[]): Promise<void> {
    const ids = written.map(({ id }) => id);
    const { items } = await this.search(reading, { queries: [{ key: 'ids', value: ids, condition: 'IS' }] });
    const newest = items.toSorted(
      (a, b) => compare(b['createdAt'], a['createdAt']) || (b.id as number) - (a.id as number),
    );
    expect(items).toEqual(newest);
    expect(items.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual(ids.toSorted((a, b) => a - b));
    const sortable = reading.fields.filter(({ format }) => ['number', 'date', 'keyword'].includes(format));
    for (const { key } of sortable) {
      for (const [method, sign] of Object.entries({ ASC: 1, DESC: -1 })) {
        const sorted = await this.search(reading, {
          queries: [{ key: 'ids', value: ids, condition: 'IS' }],
          sort: { [key]: method },
        });
        const plain = newest.toSorted((a, b) => {
          const missing = Number(a[key] === undefined) - Number(b[key] === undefined);
          return missing || sign * compare(a[key], b[key]);
        });
        expect([key, method, sorted.items.map(({ id }) => id)]).toEqual([
          key,
          method,
          plain.map(({ id }) => id),
        ]);
      }
    }
  }
}

/** What finds a value by the conditions that its format has. */
function queriesFor({ key, format }: NewField, value: unknown): object[] {
  if (value === undefined) return [];
  switch (format) {
    case 'text':
      return [
        { key, value, condition: 'IS' },
        { key, value, condition: 'CONTAINS' },
      ];
    case 'date':
      return [{ key, value: momentOf(value as string), condition: 'BETWEEN' }];
    default:
      return [{ key, value, condition: 'IS' }];
  }
}

function momentOf(iso: string): { gte: string; lt: string } {
  return { gte: iso, lt: new Date(Date.parse(iso) + 1).toISOString() };
}

/** Numbers by size, texts by code points. */
function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)));
}
