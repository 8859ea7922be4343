import { type KeyObject, createPrivateKey, createPublicKey, generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { calculateJwkThumbprint, type JWK } from 'jose';
import type { Principal } from '#libs/accounts/principal.js';
import { EventLog } from '#libs/events/event-log.js';
import { ChangeFeed } from '#libs/platform/changes/change-feed.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { SecretBox } from '#libs/platform/crypto/secret-box.js';
import { Database } from '#libs/platform/database/database.js';
import { StartupError } from '#libs/platform/errors/startup-error.js';
import type { SigningKey } from './signing-key.entity.js';
import { SigningKeysStore } from './signing-keys.store.js';

/** RFC 9068 asks every resource server to know it. */
export const SIGNING_ALGORITHM = 'RS256';

/** A retired key verifies for longer than any token lives. */
const KEEP_RETIRED_MS = 24 * 3_600_000;
/** Another process may have rotated: the set is read again this often. */
const FRESH_MS = 30_000;
/** A token with an unknown key id may be newer than our set; reads for that reason keep this distance. */
const RELOAD_MS = 100;

interface KeySet {
  readonly signing: { readonly id: string; readonly key: KeyObject };
  readonly publicKeys: ReadonlyMap<string, KeyObject>;
  readonly jwks: readonly JWK[];
  readonly loadedAt: number;
}

const generate = promisify(generateKeyPair);

/** The keys that sign tokens: made on first use, kept sealed, rotated by an operator. */
@Injectable()
export class SigningKeysService implements OnModuleInit {
  private loading: Promise<KeySet> | undefined;
  private current: KeySet | undefined;

  constructor(
    private readonly store: SigningKeysStore,
    private readonly db: Database,
    private readonly box: SecretBox,
    private readonly clock: Clock,
    private readonly events: EventLog,
    private readonly changes: ChangeFeed,
  ) {
    changes.subscribe((change) => {
      if (change === 'unknown' || change.topic === 'signing_key') this.current = undefined;
    });
  }

  /** A process with the wrong secret key does not start, rather than fail at the first token. @throws StartupError */
  async onModuleInit(): Promise<void> {
    const signing = (await this.store.usable(this.clock.now())).find(({ retiredAt }) => retiredAt === null);
    if (signing) this.unseal(signing);
  }

  async signing(): Promise<KeySet['signing']> {
    return (await this.keys()).signing;
  }

  /** The public key with this id, or undefined when no usable key has it. */
  async verifying(id: string): Promise<KeyObject | undefined> {
    const keys = await this.keys();
    const known = keys.publicKeys.get(id);
    if (known || performance.now() - keys.loadedAt < RELOAD_MS) return known;
    return (await this.load()).publicKeys.get(id);
  }

  /** The published set (RFC 7517), newest first. */
  async jwks(): Promise<readonly JWK[]> {
    return (await this.keys()).jwks;
  }

  /** Signs with a new key from now on; tokens of the old one stay good until they expire. @returns its id */
  async rotate(by: Principal): Promise<string> {
    const key = await this.make();
    await this.db.transaction(async () => {
      await this.store.replace(key);
      await this.changes.announce('signing_key', key.id);
      await this.events.append([
        { type: 'signing-key.rotated', accountId: by.accountId, actor: by, subjectId: key.id },
      ]);
    });
    await this.load();
    return key.id;
  }

  private keys(): Promise<KeySet> | KeySet {
    if (this.current && performance.now() - this.current.loadedAt < FRESH_MS) return this.current;
    return this.load();
  }

  private load(): Promise<KeySet> {
    this.loading ??= this.read().finally(() => (this.loading = undefined));
    return this.loading;
  }

  private async read(): Promise<KeySet> {
    const since = new Date(this.clock.now().getTime() - KEEP_RETIRED_MS);
    let rows = await this.store.usable(since);
    if (!rows.some(({ retiredAt }) => retiredAt === null)) {
      await this.store.insertFirst(await this.make());
      rows = await this.store.usable(since);
    }
    const signing = rows.find(({ retiredAt }) => retiredAt === null)!;
    const keys: KeySet = {
      signing: { id: signing.id, key: this.unseal(signing) },
      publicKeys: new Map(
        rows.map(({ id, publicJwk }) => [id, createPublicKey({ key: publicJwk as never, format: 'jwk' })]),
      ),
      jwks: rows.map(({ publicJwk }) => publicJwk),
      loadedAt: performance.now(),
    };
    this.current = keys;
    return keys;
  }

  private async make(): Promise<SigningKey> {
    const { publicKey, privateKey } = await generate('rsa', { modulusLength: 2048 });
    const jwk = publicKey.export({ format: 'jwk' }) as JWK;
    const id = await calculateJwkThumbprint(jwk);
    return {
      id,
      algorithm: SIGNING_ALGORITHM,
      publicJwk: { ...jwk, kid: id, alg: SIGNING_ALGORITHM, use: 'sig' },
      privateJwkSealed: this.box.seal(JSON.stringify(privateKey.export({ format: 'jwk' })), sealContext(id)),
      createdAt: this.clock.now(),
      retiredAt: null,
    };
  }

  private unseal({ id, privateJwkSealed }: SigningKey): KeyObject {
    let jwk: string;
    try {
      jwk = this.box.open(privateJwkSealed, sealContext(id));
    } catch {
      throw new StartupError(
        'The signing keys in the database were sealed with another CHORUS_SECRET_KEY: set the one that made them.',
      );
    }
    return createPrivateKey({ key: JSON.parse(jwk) as never, format: 'jwk' });
  }
}

function sealContext(id: string): string {
  return `signing_key/${id}`;
}
