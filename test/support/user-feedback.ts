import { ChannelsService } from '#libs/channels/channels.service.js';
import { FieldsService } from '#libs/channels/fields.service.js';
import type { NewField } from '#libs/channels/new-field.js';
import { DEMO_FIELDS } from '#apps/api/src/provisioning/demo/user-feedback.demo.js';
import { ProvisioningService } from '#apps/api/src/provisioning/provisioning.service.js';
import type { SeededAccount } from './seed.js';
import type { TestApp } from './test-app.js';
import { until } from './until.js';

export interface Answer<T = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The JSON of the body; undefined when there is none. */
  readonly body: T;
}

export interface Page {
  readonly meta: Record<string, number>;
  readonly items: readonly (Record<string, unknown> & { readonly id: number })[];
}

export interface UserFeedbackOptions {
  readonly account?: SeededAccount;
  readonly fields?: readonly NewField[];
  readonly imageHosts?: readonly string[];
  readonly searchMaxDays?: number;
}

/** One value for each field of the demo. */
export const WHOLE = {
  message: 'I cannot pay. 💳',
  email: 'user@example.com',
  rating: 4.5,
  os: 'ios',
  tags: ['ui', 'speed'],
  visitedAt: '2024-01-01',
  screenshots: ['https://example.com/a.png', 7],
  internalNote: 'set once',
};

/** A program with the key of a project that has one channel; the fields are those of the demo when nothing is said. */
export class UserFeedbackClient {
  private constructor(
    readonly app: TestApp,
    readonly account: SeededAccount,
    readonly projectId: number,
    readonly channelId: number,
    readonly key: string,
  ) {}

  static async make(app: TestApp, options: UserFeedbackOptions = {}): Promise<UserFeedbackClient> {
    const { fields = DEMO_FIELDS, imageHosts, searchMaxDays } = options;
    const account = options.account ?? (await app.seed.account());
    const { id: projectId } = await app.seed.project(account);
    const { id } = await app.server.app.get(ChannelsService).create(account.system, projectId, {
      name: 'Reviews',
      dialect: 'user-feedback',
      fields,
      ...(imageHosts && { imageHosts }),
      ...(searchMaxDays !== undefined && { searchMaxDays }),
    });
    const { value } = await app.server.app
      .get(ProvisioningService)
      .apiKey(account.system, { dialect: 'user-feedback', name: 'Key', projectId });
    return new UserFeedbackClient(app, account, projectId, id, value);
  }

  get project(): string {
    return `/api/projects/${this.projectId}`;
  }

  get feedbacks(): string {
    return `${this.project}/channels/${this.channelId}/feedbacks`;
  }

  get searchV2(): string {
    return `/api/v2/projects/${this.projectId}/channels/${this.channelId}/feedbacks/search`;
  }

  /** The same program, talking to another app (a replica, or a witness of its answers). */
  at(app: TestApp): UserFeedbackClient {
    return new UserFeedbackClient(app, this.account, this.projectId, this.channelId, this.key);
  }

  /** @param body sent as JSON; a text, a form or bytes as they are */
  async call<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const isRaw = typeof body === 'string' || body instanceof FormData || body instanceof Uint8Array;
    const response = await this.app.fetch(path, {
      method,
      headers: {
        'x-api-key': this.key,
        ...(!(body instanceof FormData) && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && {
        body: (isRaw ? body : JSON.stringify(body)) as NonNullable<RequestInit['body']>,
      }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: (isJson ? JSON.parse(text) : undefined) as T,
    };
  }

  /** Creates a feedback. @returns its id */
  async say(body: unknown): Promise<number> {
    return this.id(await this.call('POST', this.feedbacks, body));
  }

  /** Creates an issue. @returns its id */
  async issue(name: string, more: object = {}): Promise<number> {
    return this.id(await this.call('POST', `${this.project}/issues`, { name, ...more }));
  }

  async get(id: number): Promise<Record<string, unknown>> {
    return (await this.call('GET', `${this.feedbacks}/${id}`)).body;
  }

  /** Opens or closes a field of the channel, as its operator may. */
  async setActive(key: string, active: boolean): Promise<void> {
    const { app, projectId, channelId } = this;
    const { system } = this.account;
    const find = async () => {
      const { fields } = await app.server.app.get(ChannelsService).schema(system, projectId, channelId);
      return fields.find((each) => each.key === key)!;
    };
    const { id } = await find();
    await app.server.app.get(FieldsService).update(system, { projectId, channelId }, id, { active });
    await until(async () => (await find()).active === active);
  }

  private id({ status, body, text }: Answer): number {
    if (status !== 201) throw new Error(`Not created: ${status} ${text}`);
    return body['id'] as number;
  }
}

/** The body of a failure with a sentence. */
export function failure(statusCode: number, message: unknown, more: object = {}): Record<string, unknown> {
  return { statusCode, message, path: expect.stringMatching(/^\//), ...more };
}

export function badRequest(message: unknown): Record<string, unknown> {
  return failure(400, message, { error: 'Bad Request' });
}
