import type { AdminClient } from './admin.js';
import { requestToken, tokenOf } from './insider-connect.js';
import type { TestApp } from './test-app.js';

/** A secret as the management API shows it; `secret` itself in the answer that made it. */
export interface ShownSecret {
  readonly id: string;
  readonly hint: string;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
  readonly lastUsedAt: string | null;
  readonly secret?: string;
}

/** An OAuth client as the management API shows it. */
export interface ShownClient {
  readonly id: string;
  readonly projectId: number;
  readonly channelId: number;
  readonly active: boolean;
  readonly permissions: string[];
  readonly secrets: ShownSecret[];
  readonly secret?: string;
}

export const CLIENTS = '/api/admin/oauth-clients';

/** What suites do with OAuth clients, on both sides: managing them, and being one. */
export class OAuthClientsApi {
  private count = 0;

  constructor(
    private readonly app: TestApp,
    private readonly admin: AdminClient,
    readonly projectId: number,
  ) {}

  create(changes: Record<string, unknown> = {}): Promise<ShownClient> {
    const body = { name: `Client ${++this.count}`, projectId: this.projectId, ...changes };
    return this.admin.json('POST', CLIENTS, body);
  }

  get(id: string): Promise<ShownClient> {
    return this.admin.json('GET', `${CLIENTS}/${id}`);
  }

  rotate(id: string, body: unknown = {}): Promise<ShownSecret> {
    return this.admin.json('POST', `${CLIENTS}/${id}/secrets`, body);
  }

  /** Whether a secret opens the door; if not, the answer is the one to a wrong secret. */
  async opens({ id }: ShownClient, secret: string | undefined): Promise<boolean> {
    const response = await requestToken(this.app, {
      grant_type: 'client_credentials',
      client_id: id,
      client_secret: secret!,
    });
    expect([200, 400]).toContain(response.status);
    return response.status === 200;
  }

  token({ id }: ShownClient, secret: string | undefined): Promise<string> {
    return tokenOf(this.app, { clientId: id, clientSecret: secret! } as never);
  }

  /** The status that a token gets for reading. */
  async reads(token: string): Promise<number> {
    const headers = { Authorization: `Bearer ${token}` };
    return (await this.app.fetch('/api/client/feedbacks', { headers })).status;
  }
}
