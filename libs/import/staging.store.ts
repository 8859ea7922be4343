import { Injectable } from '@nestjs/common';
import { Database } from '#libs/platform/database/database.js';

/** Milliseconds that staging one request may take: as long as reading its largest body. */
const STAGING_TIMEOUT_MS = 300_000;

/** Where rows wait until the worker moves them. */
@Injectable()
export class StagingStore {
  constructor(private readonly db: Database) {}

  /** Copies lines in PostgreSQL's text format, one row each, in the order of the columns below; in a transaction. */
  async copy(lines: AsyncIterable<string>): Promise<void> {
    await this.db.query(`set local statement_timeout = ${STAGING_TIMEOUT_MS}`);
    await this.db.copy(
      'copy import_staged (project_id, import_id, number, key, original_date, said_at, name, content) from stdin',
      lines,
    );
  }
}
