import type { INestApplication } from '@nestjs/common';
import { ServerSecretsService } from '#libs/auth/servers/server-secrets.service.js';
import { AssignmentsService } from '#libs/scopes/roles/assignments.service.js';
import { RolesService } from '#libs/scopes/roles/roles.service.js';
import type { Scope } from '#libs/scopes/scope.js';
import { TargetsService } from '#libs/scopes/targets/targets.service.js';
import { AdminClient } from './admin.js';
import type { SeededAccount } from './seed.js';
import type { TestApp } from './test-app.js';

export const FEEDBACK = '/v1/feedback';

export interface Entry {
  readonly id: string;
  readonly scope: Scope;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly [member: string]: unknown;
}

export interface History {
  readonly items: {
    readonly member: string;
    readonly from: string | null;
    readonly to: string | null;
    readonly changedAt: string;
    readonly actorKind: string;
    readonly actorId: string;
    readonly actorName: string | null;
  }[];
  readonly nextCursor: string | null;
}

/** The body of the published example; its scope is for the test to name. */
export const EXAMPLE = {
  type: 'GENERAL',
  title: 'Missing banner',
  description: 'The banner of the shop is not shown.',
  category: 'UX',
  targetContext: 'banner detail',
  severity: 'LOW',
  labels: ['ui', 'banner'],
  targetUserId: 'a-player',
} as const;

export const SERVER: Scope = { type: 'server', id: 'survival-1' };

/** Somebody who calls the API: a user who signed in, or a server. */
export class ScopedClient {
  constructor(
    private readonly app: TestApp,
    /** Of the user, or of the server's target. */
    readonly id: string,
    readonly headers: Readonly<Record<string, string>>,
  ) {}

  static async signIn(app: TestApp, user: { id: string; email: string; password: string }) {
    const { token } = await AdminClient.signIn(app, user);
    return new ScopedClient(app, user.id, { Authorization: `Bearer ${token}` });
  }

  /** The same caller, at a stand-in for the app or at another process. */
  at(app: TestApp): ScopedClient {
    return new ScopedClient(app, this.id, this.headers);
  }

  call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    return this.app.fetch(path, {
      method,
      headers: {
        ...this.headers,
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  }

  create(body: object = { scope: SERVER }, headers: Record<string, string> = {}): Promise<Response> {
    return this.call('POST', FEEDBACK, { ...EXAMPLE, ...body }, headers);
  }

  list({ type, id }: Scope, parameters: Record<string, string> = {}): Promise<Response> {
    const query = new URLSearchParams({ scope: type, ...(id !== null && { scopeId: id }), ...parameters });
    return this.call('GET', `${FEEDBACK}?${query.toString()}`);
  }

  get(id: string): Promise<Response> {
    return this.call('GET', `${FEEDBACK}/${id}`);
  }

  patch(id: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return this.call('PATCH', `${FEEDBACK}/${id}`, body, headers);
  }

  history(id: string, query = ''): Promise<Response> {
    return this.call('GET', `${FEEDBACK}/${id}/history${query}`);
  }

  /** The id of what was created; it must be. */
  async created(body?: object): Promise<string> {
    return (await entryOf(await this.create(body), 201)).id;
  }
}

/** Expects a status, and answers the body. */
export async function entryOf<T = Entry>(response: Response, status = 200): Promise<T> {
  expect([response.status, response.headers.get('content-type')]).toEqual([
    status,
    'application/json; charset=utf-8',
  ]);
  return (await response.json()) as T;
}

/** A user who signed in and may do these things in one scope. */
export async function userWith(
  app: TestApp,
  account: SeededAccount,
  permissions: readonly string[],
  scope: Scope = SERVER,
  name: string | null = null,
): Promise<ScopedClient> {
  const user = await app.seed.user(account, { name });
  if (permissions.length > 0) await giveRole(app, account, user.id, permissions, scope);
  return ScopedClient.signIn(app, user);
}

/** @returns the role's id */
export async function giveRole(
  app: TestApp,
  { system }: SeededAccount,
  userId: string,
  permissions: readonly string[],
  scope: Scope,
): Promise<string> {
  const nest: INestApplication = app.server.app;
  const role = await nest.get(RolesService).create(system, { name: 'Test', scope, permissions });
  await nest.get(AssignmentsService).assign(system, userId, role.id);
  return role.id;
}

/** A server with a secret, in a network or in none. */
export async function serverOf(
  app: TestApp,
  { system }: SeededAccount,
  { scopeId, networkId }: { readonly scopeId?: string; readonly networkId?: string } = {},
): Promise<{ server: ScopedClient; scopeId: string; targetId: string; secret: string }> {
  const nest: INestApplication = app.server.app;
  const target = await nest
    .get(TargetsService)
    .create(system, { type: 'server', name: 'Server', scopeId, networkId });
  const { value: secret } = await nest.get(ServerSecretsService).rotate(system, target.id);
  const headers = { 'X-Server-Id': target.scopeId, Authorization: `Bearer ${secret}` };
  const server = new ScopedClient(app, target.id, headers);
  return { server, scopeId: target.scopeId, targetId: target.id, secret };
}
