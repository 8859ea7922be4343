import { readdir, readFile } from 'node:fs/promises';
import { getConstructionPlans } from 'pg-boss';
import type { DataSource } from 'typeorm';
import { entities } from '#libs/entities.js';
import { createDataSource } from '#libs/platform/database/data-source.js';
import { migrate } from '#libs/platform/database/migrate.js';
import { migrations } from '#libs/platform/database/migrations/migrations.js';
import { pendingMigrations } from '#libs/platform/database/pending-migrations.js';
import { catalogOf, withClient } from '#test/support/catalog.js';
import { MemoryLogger } from '#test/support/memory-logger.js';
import { type TestDatabase, testDatabase } from '#test/support/test-database.js';
import { until } from '#test/support/until.js';

/** A foreign key that clears some of its columns, and which: entities say the first half. */
const COLUMNS_SET_NULL = / \(\w+\)$(?<=ON DELETE SET NULL \(\w+\))/;
const NAMES = migrations.map(({ name }) => name);

describe('the migrations', () => {
  const databases: TestDatabase[] = [];
  const log = new MemoryLogger();

  async function database(from?: 'nothing'): Promise<string> {
    const made = await testDatabase(from);
    databases.push(made);
    return made.url;
  }

  afterEach(async () => {
    for (const made of databases.splice(0)) await made.drop();
  });

  it('make the same schema again after every one of them was undone', async () => {
    const url = await database('nothing');
    expect(await migrate(url, log)).toEqual(NAMES);
    const before = await schemas(url);
    expect(before.public).not.toEqual([]);
    await withSource(url, async (source) => {
      for (const name of NAMES.toReversed()) {
        expect(await lastMigration(source)).toBe(name);
        await source.undoLastMigration();
      }
      expect(await lastMigration(source)).toBeUndefined();
    });
    expect(await schemas(url)).toEqual({ public: [], pgboss: [] });
    expect(await leftovers(url)).toEqual({ schemas: ['public'], extensions: ['plpgsql'] });
    expect(await migrate(url, log)).toEqual(NAMES);
    expect(await schemas(url)).toEqual(before);
  });

  it('leave the schema of the migrations before, when one is undone', async () => {
    const url = await database('nothing');
    await withSource(url, async (source) => {
      const states: Record<string, string[]>[] = [];
      for (const migration of migrations) {
        states.push(await schemas(url));
        await applyOne(source, migration);
      }
      for (const state of states.toReversed()) {
        await source.undoLastMigration();
        expect(await schemas(url)).toEqual(state);
      }
    });
  });

  it('give the users who are there already what they could do before, by the roles of their account', async () => {
    const url = await database('nothing');
    const ROLES_COME = migrations.findIndex(({ name }) => name.startsWith('Scopes'));
    await withSource(url, async (source) => {
      for (const migration of migrations.slice(0, ROLES_COME)) await applyOne(source, migration);
      await source.query(`insert into account values (gen_random_uuid(), 'One', true, now(), now()),
        (gen_random_uuid(), 'Two', false, now(), now())`);
      await source.query(`insert into account_user select gen_random_uuid(), a.id, a.name || r, a.name || r, null, '',
        now(), r, false, true, now(), now() from account a, unnest(array['owner', 'member']) r`);
      await applyOne(source, migrations[ROLES_COME]!);
      expect(
        await source.query(`select a.name, u.role, r.name as has, r.permissions, r.scope_type as scope
          from account_user u join account a on a.id = u.account_id
          left join role r on r.account_id = u.account_id and r.built_in = u.role
          order by a.name, u.role`),
      ).toEqual(
        ['One', 'Two'].flatMap((name) => [
          {
            name,
            role: 'member',
            has: 'Member',
            permissions: ['account:read', 'projects:read', 'issues:read', 'categories:read'],
            scope: 'global',
          },
          { name, role: 'owner', has: 'Owner', permissions: ['*'], scope: 'global' },
        ]),
      );
    });
  });

  it('run once each, though several processes start at the same moment', async () => {
    const url = await database('nothing');
    const runs = await Promise.all(Array.from({ length: 4 }, () => migrate(url, log)));
    expect(runs.flat().sort()).toEqual([...NAMES].sort());
    expect(runs.filter((ran) => ran.length > 0)).toHaveLength(1);
    const rows = await withClient(url, (client) =>
      client.query<{ name: string }>('select name from migration'),
    );
    expect(rows.rows.map(({ name }) => name).sort()).toEqual([...NAMES].sort());
  });

  it('build indexes while feedback is written, and again after they were interrupted', async () => {
    const url = await database('nothing');
    const BUILDS = migrations.findIndex(({ name }) => name.startsWith('InboxIndexColumns'));
    await withSource(url, async (source) => {
      for (const migration of migrations.slice(0, BUILDS)) await applyOne(source, migration);
    });
    await withClient(url, async (client) => {
      const invalid = async () =>
        (
          await client.query<{ name: string; pid: number }>(
            `select indexrelid::regclass::text as name, a.pid from pg_index
             join pg_stat_activity a on a.query like 'create index concurrently%' and a.state = 'active'
             where not indisvalid and a.datname = current_database()`,
          )
        ).rows;
      await client.query('begin; lock table feedback in row exclusive mode');
      const interrupted = migrate(url, log).catch((error: unknown) => error);
      // The build waits for the transaction that writes, and nobody who writes waits for the build.
      await until(async () => (await invalid()).length > 0);
      await withClient(url, (other) =>
        other.query(
          `begin; set local lock_timeout = 1000; lock table feedback in row exclusive mode; commit`,
        ),
      );
      expect(await invalid()).toMatchObject([{ name: 'feedback_sentiment_idx_next' }]);
      for (const { pid } of await invalid()) await client.query('select pg_cancel_backend($1)', [pid]);
      expect(await interrupted).toMatchObject({ code: '57014' });
      expect(log.entries.at(-1)).toMatchObject({
        level: 'warn',
        fields: { message: expect.stringMatching(/^Migration "InboxIndex.* failed/) },
      });
      await client.query('commit');
      const { rows: left } = await client.query('select 1 from pg_index where not indisvalid');
      expect(left).toHaveLength(1);
    });
    expect(await migrate(url, log)).toEqual(NAMES.slice(BUILDS));
    expect(await catalogOf(url, 'public')).toEqual(await catalogOf(await database(), 'public'));
    const { rows } = await withClient(url, (client) =>
      client.query('select 1 from pg_index where not indisvalid'),
    );
    expect(rows).toEqual([]);
  });

  it('leave nothing to do for a process that comes later', async () => {
    const url = await database();
    expect(await migrate(url, log)).toEqual([]);
    await withSource(url, async (source) => {
      expect(await pendingMigrations((sql) => source.query(sql))).toEqual([]);
      await source.undoLastMigration();
      expect(await pendingMigrations((sql) => source.query(sql))).toEqual(NAMES.slice(-1));
    });
  });

  it('are all on the list that is run', async () => {
    const files = await readdir('libs/platform/database/migrations');
    expect(files.filter((file) => /^\d+-/.test(file))).toHaveLength(migrations.length);
  });

  it('are all pending on an empty database', async () => {
    await withSource(await database('nothing'), async (source) => {
      expect(await pendingMigrations((sql) => source.query(sql))).toEqual(NAMES);
    });
  });

  describe('and the entities', () => {
    it('agree, says the schema builder', async () => {
      await withSource(await database(), async (source) => {
        const { upQueries } = await source.driver.createSchemaBuilder().log();
        expect(upQueries.map(({ query }) => query)).toEqual([]);
      });
    });

    it('agree in every column, key, check and index, says the catalog', async () => {
      const built = await database('nothing');
      await withSource(built, async (source) => {
        await source.synchronize();
      });
      const migrated = await catalogOf(await database(), 'public');
      expect(await catalogOf(built, 'public')).toEqual(
        migrated
          .filter((line) => !/^(sequence|function|trigger) | USING gin |COALESCE| INCLUDE /.test(line))
          .map((line) => line.replace(COLUMNS_SET_NULL, '')),
      );
    });

    it('have the indexes, sequences, functions and triggers that entities cannot describe', async () => {
      const catalog = await catalogOf(await database(), 'public');
      expect(catalog.filter((line) => / USING gin |COALESCE| INCLUDE /.test(line))).toEqual([
        "index CREATE INDEX content_search_idx ON public.content USING gin (search_text gin_trgm_ops) WITH (gin_pending_list_limit='1024')",
        'index CREATE INDEX feedback_assignee_idx ON public.feedback USING btree (project_id, assignee_id, created_at, id) INCLUDE (dialect, status, severity, sentiment) WHERE (assignee_id IS NOT NULL)',
        'index CREATE INDEX feedback_category_idx ON public.feedback USING btree (project_id, category, created_at, id) INCLUDE (dialect, status, severity, sentiment) WHERE (category IS NOT NULL)',
        "index CREATE INDEX feedback_fields_idx ON public.feedback USING gin (fields jsonb_path_ops) WITH (gin_pending_list_limit='1024')",
        "index CREATE INDEX feedback_labels_idx ON public.feedback USING gin (labels) WITH (gin_pending_list_limit='1024') WHERE (labels IS NOT NULL)",
        "index CREATE INDEX feedback_search_idx ON public.feedback USING gin (search_text gin_trgm_ops) WITH (gin_pending_list_limit='1024')",
        'index CREATE INDEX feedback_sentiment_idx ON public.feedback USING btree (project_id, sentiment, created_at, id) INCLUDE (dialect, status, severity) WHERE (sentiment IS NOT NULL)',
        'index CREATE INDEX feedback_severity_idx ON public.feedback USING btree (project_id, severity, created_at, id) INCLUDE (dialect, status, sentiment) WHERE (severity IS NOT NULL)',
        "index CREATE INDEX feedback_stage_idx ON public.feedback USING btree (project_id, COALESCE(status, 'OPEN'::character varying), created_at, id)",
        "index CREATE INDEX issue_search_idx ON public.issue USING gin (((((((name)::text || '\n'::text) || (COALESCE(description, ''::character varying))::text) || '\n'::text) || (COALESCE(external_issue_id, ''::character varying))::text)) gin_trgm_ops) WITH (gin_pending_list_limit='1024')",
      ]);
      expect(catalog.filter((line) => COLUMNS_SET_NULL.test(line))).toEqual([
        'constraint feelback.feelback_feedback_fkey FOREIGN KEY (project_id, feedback_id) REFERENCES feedback(project_id, id) ON DELETE SET NULL (feedback_id)',
      ]);
      expect(catalog.filter((line) => line.startsWith('sequence'))).toEqual([
        'sequence attachment_id_seq bigint by 16',
        'sequence category_id_seq bigint by 1',
        'sequence channel_id_seq bigint by 1',
        'sequence feedback_id_seq bigint by 64',
        'sequence issue_id_seq bigint by 1',
        'sequence project_id_seq bigint by 1',
      ]);
      const functions = catalog.filter((line) => line.startsWith('function'));
      expect(functions.map((line) => line.split(' ')[1])).toEqual([
        'count_feedback_deleted',
        'count_feedback_inserted',
        'count_feedback_issue_deleted',
        'count_feedback_issue_inserted',
        'count_feedback_updated',
        'recount_feedback',
        'recount_feedback_issues',
      ]);
      const triggers = catalog.filter((line) => line.startsWith('trigger'));
      expect(triggers.map((line) => line.split(' ')[1])).toEqual([
        'feedback_counted_delete',
        'feedback_counted_insert',
        'feedback_counted_update',
        'feedback_issue_counted_delete',
        'feedback_issue_counted_insert',
        'project_issues_moved_to_another_time_zone',
        'project_moved_to_another_time_zone',
      ]);
    });
  });

  describe('and the job queue', () => {
    it('agree on the version that the installed pg-boss expects', async () => {
      const manifest = new URL('../../../node_modules/pg-boss/package.json', import.meta.url);
      const { pgboss } = JSON.parse(await readFile(manifest, 'utf8')) as { pgboss: { schema: number } };
      const { rows } = await withClient(await database(), (client) =>
        client.query<{ version: number }>('select version from pgboss.version'),
      );
      expect(rows).toEqual([{ version: pgboss.schema }]);
    });

    it('agree on every table, type and function', async () => {
      const planned = await database('nothing');
      await withClient(planned, (client) => client.query(getConstructionPlans('pgboss')));
      const migrated = await database();
      expect(await catalogOf(migrated, 'pgboss')).toEqual(await catalogOf(planned, 'pgboss'));
    });
  });
});

async function schemas(url: string): Promise<Record<string, string[]>> {
  return { public: await catalogOf(url, 'public'), pgboss: await catalogOf(url, 'pgboss') };
}

/** What is there beside tables: schemas and extensions. */
function leftovers(url: string): Promise<{ schemas: string[]; extensions: string[] }> {
  return withClient(url, async (client) => {
    const names = async (sql: string) =>
      (await client.query<{ name: string }>(sql)).rows.map(({ name }) => name);
    return {
      schemas: await names(
        `select nspname as name from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'`,
      ),
      extensions: await names('select extname as name from pg_extension'),
    };
  });
}

async function withSource<T>(url: string, work: (source: DataSource) => Promise<T>): Promise<T> {
  const source = await createDataSource({ url, entities, poolSize: 2 }).initialize();
  try {
    return await work(source);
  } finally {
    await source.destroy();
  }
}

async function lastMigration(source: DataSource): Promise<string | undefined> {
  const [row] = (await source.query('select name from migration order by id desc limit 1')) as {
    name: string;
  }[];
  return row?.name;
}

/** Runs one migration and notes it, as `runMigrations` would with this one pending. */
async function applyOne(source: DataSource, migration: (typeof migrations)[number]): Promise<void> {
  const all = source.migrations as unknown[];
  const kept = all.splice(0);
  all.push(...kept.slice(0, migrations.indexOf(migration) + 1));
  await source.runMigrations();
  all.splice(0, all.length, ...kept);
}
