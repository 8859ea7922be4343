import { migrations } from './migrations/migrations.js';

/** Names of migrations that this build knows and the database has not seen, oldest first. */
export async function pendingMigrations(
  query: (sql: string) => Promise<{ readonly name: string }[]>,
): Promise<string[]> {
  const [table] = (await query(`select to_regclass('migration')::text as name`)) as { name: string | null }[];
  const ran = new Set(table?.name ? (await query('select name from migration')).map(({ name }) => name) : []);
  return migrations.map(({ name }) => name).filter((name) => !ran.has(name));
}
