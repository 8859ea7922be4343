import { Injectable } from '@nestjs/common';
import type { KeyPrincipal, Principal } from '#libs/accounts/principal.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { Config } from '#libs/platform/config/config.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { Idempotency, type IdempotencyClaim, type Once } from '#libs/platform/idempotency/idempotency.js';
import { uuidv7 } from '#libs/platform/ids/uuid.js';
import { JobQueue } from '#libs/platform/jobs/job-queue.js';
import type { Page, PageRequest } from '#libs/platform/paging/page.js';
import { Turns } from '#libs/platform/turns/turns.js';
import { ProjectsService } from '#libs/projects/projects.service.js';
import { type Block, BlockBuilder } from './blocks/block-builder.js';
import { IMPORT_JOB } from './import-job.js';
import type { Import } from './import.entity.js';
import { type ImportRef, ImportsStore, type RowError } from './imports.store.js';
import { LocalDates } from './rows/local-dates.js';
import type { SentRow } from './rows/raw-row.js';
import { RowKeys } from './rows/row-keys.js';
import type { Source } from './source.entity.js';
import { reaches, SourcesService } from './sources.service.js';
import { StagingStore } from './staging.store.js';

/** Requests that are staged at a time: each holds a connection and as much of a core as it gets. */
const STAGED_AT_ONCE = 2;
/** Errors that a refusal lists. */
const MAX_LISTED = 100;
/** Errors that are kept of an import that leaves bad rows out; further ones are only counted. */
const MAX_KEPT = 10_000;
const ERRORS_A_READ = 1_000;
/** Time for an operator to look at what failed. */
const KEEP_FAILED_MS = 7 * 24 * 3_600_000;

export interface NewImport {
  readonly source: Source;
  /** All that is sent, some rows at a time; may be asked for once. */
  readonly rows: AsyncIterable<readonly SentRow[]>;
  /** True: bad rows are left out and listed. False: one bad row refuses all. */
  readonly partial: boolean;
  /** How the sender calls a member of a row: `payload[1].date`. */
  readonly nameOf: (number: number, field: string) => string;
  readonly claim?: IdempotencyClaim | undefined;
}

@Injectable()
export class ImportsService {
  private readonly turns = new Turns(STAGED_AT_ONCE);

  constructor(
    private readonly store: ImportsStore,
    private readonly staging: StagingStore,
    private readonly sources: SourcesService,
    private readonly projects: ProjectsService,
    private readonly jobs: JobQueue,
    private readonly idempotency: Idempotency,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Takes rows in: when it resolves, they and the job that moves them are durable.
   * @returns the import's id
   * @throws DomainError invalid (a bad row; nothing was kept), too_large (too many rows), conflict (archived project;
   * key in flight), unprocessable (the key stands for another request)
   */
  async create(by: KeyPrincipal, input: NewImport): Promise<Once<string>> {
    await this.projects.requireWritable(input.source.projectId);
    return this.turns.take(() => this.idempotency.once(input.claim, () => this.stage(by, input)));
  }

  /** @throws DomainError not_found, of another account or out of the key's reach, too */
  async get(by: Principal, id: string): Promise<Import> {
    const found = await this.store.find(by.accountId, id);
    if (!found || (by.kind === 'key' && !reaches(by, { id: found.sourceId, projectId: found.projectId }))) {
      throw new DomainError('not_found', 'import', 'Import not found');
    }
    return found;
  }

  /** The imports of a source, latest first. @throws DomainError not_found (source) */
  async page(by: Principal, sourceId: string, request: PageRequest): Promise<Page<Import>> {
    const source = await this.sources.get(by, sourceId);
    return this.store.page(source.projectId, source.id, request);
  }

  /** What was wrong with rows that were left out, in their order; the first 10,000 are known. */
  async *errors(ref: ImportRef): AsyncGenerator<RowError> {
    let last: RowError | undefined;
    for (;;) {
      const errors = await this.store.errors(ref, last, ERRORS_A_READ);
      yield* errors;
      if (errors.length < ERRORS_A_READ) return;
      last = errors.at(-1);
    }
  }

  /** Removes staged rows that nobody will move: of imports that failed a week ago. @returns how many */
  sweep(): Promise<number> {
    return this.staging.removeFailed(new Date(this.clock.now().getTime() - KEEP_FAILED_MS));
  }

  /** In a transaction. */
  private async stage(by: KeyPrincipal, { source, rows, partial, nameOf }: NewImport): Promise<string> {
    const now = this.clock.now();
    const ref = { projectId: source.projectId, id: uuidv7(now.getTime()) };
    const builder = new BlockBuilder({
      sensitivity: source.sensitivity,
      dates: new LocalDates(source.timeZone, now),
      keys: new RowKeys(source.id, this.config.secretKey),
      maxErrors: partial ? MAX_KEPT : MAX_LISTED,
    });
    await this.staging.copy(ref, this.goodBlocks(builder, rows, partial));
    if (builder.received === 0) throw new DomainError('invalid', 'rows', 'At least one row is required.');
    if (builder.rejected > 0 && !partial) throw refused(builder.errors.map(toViolation(nameOf)));
    await this.store.insert({
      ...ref,
      sourceId: source.id,
      credentialId: by.id,
      state: 'queued',
      received: builder.received,
      imported: 0,
      duplicates: 0,
      rejected: builder.rejected,
      masked: builder.masked,
      nextRow: 0,
      failures: 0,
      error: null,
      createdAt: now,
      startedAt: null,
      finishedAt: null,
    });
    await this.store.insertErrors(ref, builder.errors);
    await this.jobs.send(IMPORT_JOB, ref);
    return ref.id;
  }

  private async *goodBlocks(
    builder: BlockBuilder,
    rows: NewImport['rows'],
    partial: boolean,
  ): AsyncGenerator<Block> {
    const { maxRows } = this.config.imports;
    for await (const some of rows) {
      if (builder.received + some.length > maxRows) {
        throw new DomainError('too_large', 'rows', `At most ${maxRows} rows can be sent in one request.`);
      }
      for (const block of builder.add(some)) {
        // Once a row is bad, the others are only looked at.
        if (partial || builder.rejected === 0) yield block;
      }
    }
    if (partial || builder.rejected === 0) yield* builder.end();
  }
}

function toViolation(nameOf: NewImport['nameOf']) {
  return ({ number, field, message }: RowError) => {
    const name = nameOf(number, field);
    return { field: name, message: `${name} ${message}.` };
  };
}

function refused(violations: readonly { field: string; message: string }[]): DomainError {
  const more = violations.length > 1 ? ` There are ${violations.length - 1} more errors.` : '';
  return new DomainError('invalid', 'rows', `${violations[0]!.message}${more}`, { violations });
}
