import { Injectable } from '@nestjs/common';
import { ChangeFeed } from '#libs/platform/changes/change-feed.js';
import { FreshCache } from '#libs/platform/changes/fresh-cache.js';
import { sha256 } from '#libs/platform/crypto/secrets.js';
import { Database } from '#libs/platform/database/database.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { GroupRead } from '#libs/platform/group-read/group-read.js';
import { projectOf } from '#libs/platform/ids/project-uuid.js';
import { ContentCreator } from './content-creator.js';
import type { ContentRef } from './content-ref.js';
import { contentNotFound } from './content-not-found.js';
import { contentSetNotFound } from './content-set-not-found.js';
import { ContentSetsStore, type OpenSet } from './content-sets.store.js';
import type { Content } from './content.entity.js';
import { type ContentKeyRef, ContentsStore } from './contents.store.js';
import { wrongValue } from './schemas/check-value.js';
import { MAX_ITEMS } from './schemas/schema.js';

/** What a feelback is given to: a content, or whatever a set has, or makes, under a key. */
export type Target = { readonly contentId: string } | { readonly contentSetId: string; readonly key: string };

/** What a target leads to; no content: there is none under the key. */
export interface Found extends OpenSet {
  readonly content: ContentRef | undefined;
}

const LONGEST_KEY = 1024;
/** Every page that is read asks for its content. */
const KEPT_CONTENTS = 50_000;

/** Under what a content is kept by its key. */
export function contentKeyId({
  contentSetId,
  keyDigest,
}: Pick<Content, 'contentSetId' | 'keyDigest'>): string {
  return `${contentSetId}/${keyDigest.toString('base64url')}`;
}

/** Finds what anonymous calls name, from caches that hear of changes. What is not there is asked for each time. */
@Injectable()
export class ContentTargets {
  private readonly sets: FreshCache<OpenSet>;
  private readonly byId: FreshCache<ContentRef>;
  private readonly byKey: FreshCache<ContentRef>;

  constructor(
    private readonly setsStore: ContentSetsStore,
    private readonly contentsStore: ContentsStore,
    private readonly creator: ContentCreator,
    private readonly db: Database,
    private readonly changes: ChangeFeed,
  ) {
    this.sets = new FreshCache({
      feed: changes,
      topic: 'content_set',
      clearOn: ['project', 'account'],
      load: async (id) => {
        const found = await this.setsStore.findOpen(id);
        if (!found) throw contentSetNotFound();
        return found;
      },
    });
    this.byId = new FreshCache({
      feed: changes,
      topic: 'content',
      max: KEPT_CONTENTS,
      load: async (id) => toRef(await this.contentsStore.find(id)),
    });
    // What is not at hand is asked for together: a newspaper's whole archive may be read at once.
    const reads = new GroupRead<string, ContentRef | undefined>({
      read: (ids) => this.contentsStore.refsByKeys(ids.map(toKeyRef)),
      nameOf: (id) => id,
    });
    this.byKey = new FreshCache({
      feed: changes,
      topic: 'content',
      max: KEPT_CONTENTS,
      load: async (id) => toRef(await reads.get(id)),
    });
  }

  /** A set, whoever asks. @throws DomainError not_found */
  async set(id: string): Promise<OpenSet> {
    if (projectOf(id) === undefined) throw contentSetNotFound();
    return this.sets.get(id.toLowerCase());
  }

  /** @throws DomainError not_found (content, set), invalid (key) */
  async find(target: Target): Promise<Found> {
    if ('contentId' in target) {
      if (projectOf(target.contentId) === undefined) throw contentNotFound();
      const content = await this.byId.get(target.contentId.toLowerCase());
      return { ...(await this.set(content.contentSetId)), content };
    }
    const found = await this.set(target.contentSetId);
    requireKey(target.key);
    return { ...found, content: await this.findByKey(found.set.id, target.key) };
  }

  /** The content of a key, made where there is none. @throws DomainError not_found, unprocessable (full set) */
  ensure({ set }: OpenSet, key: string): Promise<ContentRef> {
    if (set.autoContent) return this.creator.ensure(set, key);
    const message = 'There is no content with this key, and its content set makes none by itself.';
    return Promise.reject(new DomainError('not_found', 'content', message));
  }

  /** The place of a value among those that a set has met; a new one where it is new. @throws DomainError invalid */
  discover({ set }: OpenSet, value: string): Promise<number> {
    return this.db.transaction(async () => {
      const held = await this.setsStore.lock(set.projectId, set.id);
      if (!held) throw contentSetNotFound();
      const known = held.discovered.indexOf(value);
      if (known >= 0) return known;
      if (held.discovered.length >= MAX_ITEMS)
        throw wrongValue(`The content set has ${MAX_ITEMS} different values already.`);
      await this.setsStore.setDiscovered(held, [...held.discovered, value]);
      await this.changes.announce('content_set', held.id);
      return held.discovered.length;
    });
  }

  private async findByKey(contentSetId: string, key: string): Promise<ContentRef | undefined> {
    try {
      return await this.byKey.get(contentKeyId({ contentSetId, keyDigest: sha256(key) }));
    } catch (error) {
      if (error instanceof DomainError && error.code === 'not_found') return undefined;
      throw error;
    }
  }
}

/** What `contentKeyId` was made of. */
function toKeyRef(id: string): ContentKeyRef {
  const [contentSetId, digest] = id.split('/') as [string, string];
  return {
    projectId: projectOf(contentSetId)!,
    contentSetId,
    keyDigest: Buffer.from(digest, 'base64url'),
  };
}

function toRef(content: ContentRef | null | undefined): ContentRef {
  if (!content) throw contentNotFound();
  const { projectId, id, contentSetId, state } = content;
  return { projectId, id, contentSetId, state };
}

function requireKey(key: string): void {
  if (key !== '' && (key.length <= LONGEST_KEY || [...key].length <= LONGEST_KEY)) return;
  const message = `key must have 1 to ${LONGEST_KEY} characters.`;
  throw new DomainError('invalid', 'content', message, { violations: [{ field: 'key', message }] });
}
