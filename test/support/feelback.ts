import { ProvisioningService } from '#apps/api/src/provisioning/provisioning.service.js';
import type { SeededAccount } from './seed.js';
import type { TestApp } from './test-app.js';

/** What a failed call answers. */
export interface ApiError {
  readonly error: string;
  readonly message: string;
  readonly data?: { readonly violations: readonly { readonly field: string; readonly message: string }[] };
}

/** A project, a content set or a content. */
export interface Entity {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly state: string;
  readonly updatedAt: string;
  readonly metadata: Record<string, unknown>;
}

export interface List {
  readonly items: Entity[];
  readonly count: number;
}

/** Calls by the httpc convention, with a key or without. */
export class FeelbackCaller {
  constructor(
    private readonly app: Pick<TestApp, 'fetch'>,
    readonly key?: string,
  ) {}

  /** POST with a JSON array of the arguments. */
  call(path: string, ...args: unknown[]): Promise<Response> {
    return this.app.fetch(`/v0/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...this.authorization },
      body: JSON.stringify(args),
    });
  }

  /** GET with the arguments in `$p`, encoded like a form. */
  get(path: string, ...args: unknown[]): Promise<Response> {
    const query = new URLSearchParams({ $p: JSON.stringify(args) }).toString();
    return this.app.fetch(`/v0/${path}?${query}`, { headers: this.authorization });
  }

  /** The result of a call that must succeed. */
  async result<T>(path: string, ...args: unknown[]): Promise<T> {
    const response = await this.call(path, ...args);
    if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  /** Status and body of a call that fails. */
  async failure(path: string, ...args: unknown[]): Promise<[number, ApiError]> {
    const response = await this.call(path, ...args);
    return [response.status, (await response.json()) as ApiError];
  }

  private get authorization(): Record<string, string> {
    return this.key === undefined ? {} : { Authorization: `API-KEY ${this.key}` };
  }
}

export interface SeededFeelback {
  readonly account: SeededAccount;
  readonly projectId: string;
  readonly owner: FeelbackCaller;
  readonly viewer: FeelbackCaller;
  readonly anybody: FeelbackCaller;
  /** Makes a content set and answers its id. */
  set(schema: string, schemaConfig?: unknown, metadata?: Record<string, unknown>): Promise<string>;
}

/** An account with a project, a key of each level, and callers that hold them. */
export async function seedFeelback(app: TestApp, given?: SeededAccount): Promise<SeededFeelback> {
  const account = given ?? (await app.seed.account());
  const project = await app.seed.project(account);
  const caller = async (level: string) => new FeelbackCaller(app, await feelbackKey(app, account, level));
  const owner = await caller('owner');
  const projectId = String(project.id);
  let count = 0;
  return {
    account,
    projectId,
    owner,
    viewer: await caller('viewer'),
    anybody: new FeelbackCaller(app),
    set: async (schema, schemaConfig, metadata) => {
      const set = await owner.result<{ id: string }>('sets/create', {
        projectId,
        key: `set-${++count}`,
        schema,
        schemaConfig,
        metadata: { name: `Set ${count}`, publicAggregates: true, ...metadata },
      });
      return set.id;
    },
  };
}

/** A key of an account for this public API. @param level `viewer` or `owner` */
export async function feelbackKey(app: TestApp, { system }: SeededAccount, level: string): Promise<string> {
  const { value } = await app.server.app
    .get(ProvisioningService)
    .apiKey(system, { dialect: 'feelback', name: `A ${level}`, level });
  return value;
}
