import { Injectable } from '@nestjs/common';
import type { Principal } from '#libs/accounts/principal.js';
import { FieldsService } from '#libs/channels/fields.service.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import type { ContentSet } from './content-set.entity.js';
import { mirrorField } from './mirror-field.js';
import type { Schema } from './schemas/schema.js';

/** Schemas of words. Everything else is counted, and says nothing that could be read. */
const WRITTEN: ReadonlySet<Schema> = new Set(['message', 'tagged-message']);

/** Says which channel a set may be mirrored into. */
@Injectable()
export class MirrorChannels {
  constructor(private readonly fields: FieldsService) {}

  /** @throws DomainError invalid */
  async require(
    by: Principal,
    { projectId, schema }: Pick<ContentSet, 'projectId' | 'schema'>,
    channelId: number | null,
  ): Promise<void> {
    if (channelId === null) return;
    if (!WRITTEN.has(schema)) throw wrong('is for sets of the schemas message and tagged-message');
    const fields = await this.fields.list(by, { projectId, channelId }).catch((error: unknown) => {
      if (error instanceof DomainError && error.code === 'not_found')
        throw wrong("must be a channel of the set's project");
      throw error;
    });
    if (!mirrorField(fields)) throw wrong('must be a channel with a text field');
  }
}

function wrong(rule: string): DomainError {
  const message = `mirrorChannelId ${rule}.`;
  return new DomainError('invalid', 'content-set', message, {
    violations: [{ field: 'mirrorChannelId', message }],
  });
}
