import type { Clock } from '#libs/platform/clock/clock.js';
import { sameDigest } from '#libs/platform/crypto/secrets.js';
import type { Database } from '#libs/platform/database/database.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';

/** A client's wish that a write happens once, however often it is sent. */
export interface IdempotencyClaim {
  readonly projectId: number;
  readonly credentialId: string;
  /** SHA-256 of the key. */
  readonly key: Buffer;
  /** SHA-256 of what was asked for. */
  readonly fingerprint: Buffer;
}

/** What a write made; `replayed` when an earlier request with the same key made it. */
export interface Once<T> {
  readonly result: T;
  readonly replayed: boolean;
}

const KEEP_MS = 24 * 3_600_000;

interface Row {
  readonly fingerprint: Buffer;
  readonly result: unknown;
  readonly createdAt: Date;
}

/**
 * Makes a write happen once per key, credential and day: the key's row is written in the data's own transaction
 * and keeps the ids of what was made, so that a replay renders the same answer again.
 */
export class Idempotency {
  private readonly inFlight = new Set<string>();

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Runs `work` in one transaction with the key's row.
   * @throws DomainError unprocessable for another body under the same key, conflict while the first one is in flight
   */
  async once<T>(claim: IdempotencyClaim | undefined, work: () => Promise<T>): Promise<Once<T>> {
    if (!claim) return { result: await this.db.transaction(work), replayed: false };
    return this.db.transaction(async () => {
      await this.lock(claim);
      const earlier = await this.find<T>(claim);
      if (earlier) return earlier;
      const result = await work();
      await this.db.query(
        `insert into idempotency_key (project_id, credential_id, key_digest, fingerprint, result, created_at)
         values ($1, $2, $3, $4, $5, $6)
         on conflict on constraint idempotency_key_pkey do update
           set fingerprint = excluded.fingerprint, result = excluded.result, created_at = excluded.created_at`,
        [
          claim.projectId,
          claim.credentialId,
          claim.key,
          claim.fingerprint,
          JSON.stringify(result),
          this.clock.now(),
        ],
      );
      return { result, replayed: false };
    });
  }

  /**
   * Lets only one request per key through at a time in this process; between processes, the key's row decides.
   * @throws DomainError conflict while the first one is in flight
   */
  async alone<T>(claim: IdempotencyClaim | undefined, work: () => Promise<T>): Promise<T> {
    if (!claim) return work();
    const name = nameOf(claim);
    if (this.inFlight.has(name)) throw stillInFlight();
    this.inFlight.add(name);
    try {
      return await work();
    } finally {
      this.inFlight.delete(name);
    }
  }

  /**
   * Writes the rows of many keys, inside the caller's transaction. Keys that are there already are left as they are.
   * @returns for each claim, in order, whether its key is new and what it stands for may be written
   */
  async claimMany(
    claims: readonly { readonly claim: IdempotencyClaim; readonly result: unknown }[],
  ): Promise<boolean[]> {
    if (claims.length === 0) return [];
    const now = this.clock.now();
    const rows = await this.db.query<{ credentialId: string; key: Buffer }>(
      // Ordered, so that two batches that meet cannot wait for each other.
      `insert into idempotency_key as known
         (project_id, credential_id, key_digest, fingerprint, result, created_at)
       select *, $6::timestamptz from unnest($1::bigint[], $2::uuid[], $3::bytea[], $4::bytea[], $5::jsonb[])
         as claim (project_id, credential_id, key_digest, fingerprint, result)
       order by 1, 2, 3
       on conflict on constraint idempotency_key_pkey do update
         set fingerprint = excluded.fingerprint, result = excluded.result, created_at = excluded.created_at
         where known.created_at <= $7
       returning credential_id as "credentialId", key_digest as key`,
      [
        claims.map(({ claim }) => claim.projectId),
        claims.map(({ claim }) => claim.credentialId),
        claims.map(({ claim }) => claim.key),
        claims.map(({ claim }) => claim.fingerprint),
        claims.map(({ result }) => JSON.stringify(result)),
        now,
        new Date(now.getTime() - KEEP_MS),
      ],
    );
    const written = new Set(rows.map(nameOf));
    return claims.map(({ claim }) => written.has(nameOf(claim)));
  }

  /** What an earlier request with this key made. @throws DomainError unprocessable for another body */
  async find<T>(claim: IdempotencyClaim): Promise<Once<T> | undefined> {
    const [row] = await this.db.query<Row>(
      `select fingerprint, result, created_at as "createdAt" from idempotency_key
       where project_id = $1 and credential_id = $2 and key_digest = $3`,
      [claim.projectId, claim.credentialId, claim.key],
    );
    if (!row || row.createdAt.getTime() <= this.clock.now().getTime() - KEEP_MS) return undefined;
    if (!sameDigest(row.fingerprint, claim.fingerprint)) {
      throw new DomainError(
        'unprocessable',
        'idempotency-key',
        'This Idempotency-Key was used before with another request.',
      );
    }
    return { result: row.result as T, replayed: true };
  }

  /** Forgets keys that are over a day old. @returns how many */
  async sweep(): Promise<number> {
    const limit = new Date(this.clock.now().getTime() - KEEP_MS);
    const rows = await this.db.query<{ count: number }>(
      `with gone as (delete from idempotency_key where created_at < $1 returning 1) select count(*) from gone`,
      [limit],
    );
    return rows[0]?.count ?? 0;
  }

  /** Two requests with one key at the same moment: the second is told so, on every process. */
  private async lock(claim: IdempotencyClaim): Promise<void> {
    const [row] = await this.db.query<{ locked: boolean }>(
      'select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as locked',
      [nameOf(claim)],
    );
    if (!row?.locked) {
      throw stillInFlight();
    }
  }
}

function nameOf({ credentialId, key }: Pick<IdempotencyClaim, 'credentialId' | 'key'>): string {
  return `${credentialId}/${key.toString('hex')}`;
}

function stillInFlight(): DomainError {
  return new DomainError(
    'conflict',
    'idempotency-key',
    'A request with this Idempotency-Key is still in flight.',
    { retryAfter: 1 },
  );
}
