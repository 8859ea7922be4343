import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { KeyPrincipal } from '#libs/accounts/principal.js';
import { ImportsService, type NewImport } from '#libs/import/imports.service.js';
import type { Source } from '#libs/import/source.entity.js';
import { SourcesService } from '#libs/import/sources.service.js';
import { Config } from '#libs/platform/config/config.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import type { Once } from '#libs/platform/idempotency/idempotency.js';
import { idempotencyClaim } from '#apps/api/src/http/idempotency/claim.js';
import { BodySpool, type SpooledBody } from '#apps/api/src/http/uploads/body-spool.js';
import type { ImportQuery } from '../dto/import-query.dto.js';
import { JsonOutline } from './json/json-outline.js';
import { JsonRows } from './json/json-rows.js';
import { bodyFormat } from './body-format.js';
import { ndjsonRows } from './ndjson-rows.js';

/** What a body holds, once it is known which source it is for. */
interface Content {
  readonly source: Source;
  readonly rows: NewImport['rows'];
}

/** Takes a request's rows to the source that it names. */
@Injectable()
export class ImportIntake {
  constructor(
    private readonly spool: BodySpool,
    private readonly sources: SourcesService,
    private readonly imports: ImportsService,
    private readonly config: Config,
  ) {}

  /** @returns the import's id @throws DomainError invalid, not_found, too_large, unsupported, conflict, unprocessable */
  async receive(caller: KeyPrincipal, query: ImportQuery, request: Request): Promise<Once<string>> {
    const format = bodyFormat(request);
    // Before the first byte of the body: an unknown source is no reason to spool it.
    const named =
      format === 'ndjson' ? await this.sources.open(caller, requireId(query.source_id)) : undefined;
    const keyed = request.headers['idempotency-key'] !== undefined;
    const body = await this.spool.read(request, this.config.imports.maxBytes, keyed);
    try {
      const { source, rows } = named
        ? { source: named, rows: ndjsonRows(body.path) }
        : await this.readJson(caller, body);
      const partial = query.mode === 'partial';
      return await this.imports.create(caller, {
        source,
        rows,
        partial,
        nameOf: (number, field) => (field ? `payload[${number}].${field}` : `payload[${number}]`),
        claim: idempotencyClaim(request, { id: caller.id, projectId: source.projectId }, [
          body.digest,
          source.id,
          partial,
        ]),
      });
    } finally {
      await body.discard();
    }
  }

  private async readJson(caller: KeyPrincipal, body: SpooledBody): Promise<Content> {
    const outline = await new JsonOutline().read(body.path);
    const id = requireId(outline.sourceId);
    if (outline.payload === 'missing') throw invalid('payload', 'is required');
    if (outline.payload === 'other') throw invalid('payload', 'must be an array of objects');
    const source = await this.sources.open(caller, id);
    return { source, rows: new JsonRows(outline.payloads).read(body.path) };
  }
}

function requireId(value: unknown): string {
  if (value === undefined) throw invalid('source_id', 'is required');
  if (typeof value !== 'string') throw invalid('source_id', 'must be a string');
  if (value === '') throw invalid('source_id', 'must not be empty');
  if (value.length > 255) throw invalid('source_id', 'must be at most 255 characters long');
  return value;
}

function invalid(field: string, problem: string): DomainError {
  const message = `${field} ${problem}.`;
  return new DomainError('invalid', 'body', message, { violations: [{ field, message }] });
}
