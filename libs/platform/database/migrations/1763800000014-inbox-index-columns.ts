import type { MigrationInterface, QueryRunner } from 'typeorm';

interface IndexChange {
  readonly name: string;
  /** What follows `create index <name> on feedback`. */
  readonly now: string;
  readonly before: string;
  /** How many columns it has now, those that it only carries along included. */
  readonly columns: number;
}

/**
 * Lists of feedback by one value know the other values, and need no visit of the rows to check them. The table is in
 * use: indexes are built beside the old ones, without a lock on who writes, which no transaction can do.
 *
 * Whatever it is interrupted by, it can run again: what is built stays, half an index is dropped.
 */
export class InboxIndexColumns1763800000014 implements MigrationInterface {
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    // An index that is built like this waits for every transaction that is older than it, backups among them.
    await runner.query(`set lock_timeout = '30min'`);
    try {
      for (const change of CHANGES) await replace(runner, change);
    } finally {
      await runner.query('reset lock_timeout');
    }
  }

  /** In one transaction, as whatever is undone: nobody writes feedback meanwhile. */
  async down(runner: QueryRunner): Promise<void> {
    for (const { name, before } of CHANGES) {
      await runner.query(`drop index ${name}`);
      await runner.query(`create index ${name} on feedback ${before}`);
    }
  }
}

/** A list by one value, which has these others at hand. */
const byValue = (name: string, column: string, others: string): IndexChange => {
  const before = `(project_id, ${column}, created_at, id)`;
  const where = `where ${column} is not null`;
  return {
    name,
    now: `${before} include (${others}) ${where}`,
    before: `${before} ${where}`,
    columns: 4 + others.split(',').length,
  };
};

const CHANGES: readonly IndexChange[] = [
  byValue('feedback_sentiment_idx', 'sentiment', 'dialect, status, severity'),
  byValue('feedback_severity_idx', 'severity', 'dialect, status, sentiment'),
  byValue('feedback_assignee_idx', 'assignee_id', 'dialect, status, severity, sentiment'),
  byValue('feedback_category_idx', 'category', 'dialect, status, severity, sentiment'),
];

/** One statement at a time: several that are sent together would be a transaction. */
async function replace(runner: QueryRunner, { name, now, columns }: IndexChange): Promise<void> {
  if (await isBuilt(runner, name, columns)) return;
  const next = `${name}_next`;
  if (!(await isBuilt(runner, next, columns))) {
    await runner.query(`drop index concurrently if exists ${next}`);
    await runner.query(`create index concurrently ${next} on feedback ${now}`);
  }
  await runner.query(`drop index concurrently if exists ${name}`);
  await runner.query(`alter index ${next} rename to ${name}`);
}

async function isBuilt(runner: QueryRunner, name: string, columns: number): Promise<boolean> {
  const found = (await runner.query(
    'select 1 from pg_index where indexrelid = to_regclass($1) and indnatts = $2 and indisvalid',
    [name, columns],
  )) as unknown[];
  return found.length > 0;
}
