import type { OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import pg from 'pg';
import type { Database } from '#libs/platform/database/database.js';
import type { Logger } from '#libs/platform/logging/logger.js';

/** What processes tell each other about: kinds of things that are kept in caches. */
export type ChangeTopic =
  | 'account'
  | 'user'
  | 'oauth_client'
  | 'api_key'
  | 'project'
  | 'channel'
  | 'source'
  | 'import'
  | 'content_set'
  | 'content'
  | 'scopes'
  | 'role'
  | 'scope_target'
  | 'server_secret'
  | 'signing_key';

export interface Change {
  readonly topic: ChangeTopic;
  readonly id: string;
}

const CHANNEL = 'chorus_changes';
/** A connection that died without a word is noticed within this time twice over: two seconds. */
const HEARTBEAT_MS = 1_000;
const RETRY_MS = 1_000;

type Listener = (change: Change | 'unknown') => void;

/**
 * Tells every process what was changed, at the moment of the commit (NOTIFY), over a connection of its own that must
 * be direct: a pooler hands notifications to nobody. While the connection is down, `live` says so and caches fall back
 * on short lives; when it comes back, listeners are told that anything may have changed.
 */
export class ChangeFeed implements OnModuleInit, OnApplicationShutdown {
  private client: pg.Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  private listening = false;
  private readonly listeners = new Set<Listener>();

  constructor(
    private readonly url: string,
    private readonly db: Database,
    private readonly logger: Logger,
  ) {}

  get live(): boolean {
    return this.listening;
  }

  /** Whether the caller is inside a transaction, from which changes are told when it commits. */
  get inTransaction(): boolean {
    return this.db.inTransaction;
  }

  subscribe(listener: Listener): void {
    this.listeners.add(listener);
  }

  /**
   * Tells all processes once the open transaction commits. This one hears it before the transaction's caller goes on:
   * who changed something sees the change.
   */
  async announce(topic: ChangeTopic, id: string | number): Promise<void> {
    await this.db.query('select pg_notify($1, $2)', [CHANNEL, `${topic} ${id}`]);
    this.db.afterCommit(() => this.tell({ topic, id: String(id) }));
  }

  async onModuleInit(): Promise<void> {
    await this.connect();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.client?.end().catch(() => undefined);
  }

  private async connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.url,
      application_name: 'chorus changes',
      connectionTimeoutMillis: 5_000,
      query_timeout: HEARTBEAT_MS,
      keepAlive: true,
    });
    this.client = client;
    client.on('error', () => this.lost(client));
    client.on('end', () => this.lost(client));
    client.on('notification', ({ payload = '' }) => {
      const [topic = '', id = ''] = payload.split(' ');
      this.tell({ topic: topic as ChangeTopic, id });
    });
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
      this.listening = true;
      this.tell('unknown');
      this.beat(client);
    } catch (error) {
      this.logger.warn('changes of other processes cannot be heard at the moment', { error });
      this.lost(client);
    }
  }

  private beat(client: pg.Client): void {
    this.timer = setTimeout(() => {
      client.query('select 1').then(
        () => this.client === client && this.beat(client),
        () => this.lost(client),
      );
    }, HEARTBEAT_MS);
    this.timer.unref();
  }

  private lost(client: pg.Client): void {
    if (this.client !== client) return;
    this.client = undefined;
    this.listening = false;
    clearTimeout(this.timer);
    // A connection that does not answer would not end by itself, either.
    client.end().catch(() => undefined);
    if (this.stopped) return;
    this.tell('unknown');
    this.timer = setTimeout(() => void this.connect(), RETRY_MS);
    this.timer.unref();
  }

  private tell(change: Change | 'unknown'): void {
    for (const listener of this.listeners) listener(change);
  }
}
