import pg from 'pg';

/** What a schema consists of, one line a thing, as the catalog of PostgreSQL spells it; in a fixed order. */
export async function catalogOf(url: string, schema: string): Promise<string[]> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ line: string }>(CATALOG, [schema]);
    return rows.map(({ line }) => line);
  });
}

export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Tables of TypeORM's own and whatever an extension brought are left out. */
const CATALOG = `
with relation as (
  select c.oid, c.relname, c.relkind from pg_class c
  where c.relnamespace = to_regnamespace($1) and c.relname not like 'migration%'
    and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e')
)
select line from (
  select 'column ' || r.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
    || case when a.attnotnull then ' not null' else '' end
    || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') as line
  from relation r
  join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
  left join pg_attrdef d on d.adrelid = r.oid and d.adnum = a.attnum
  where r.relkind in ('r', 'p')
  union all
  select 'constraint ' || r.relname || '.' || k.conname || ' ' || pg_get_constraintdef(k.oid)
  from relation r join pg_constraint k on k.conrelid = r.oid where k.contype <> 'n'
  union all
  select 'index ' || pg_get_indexdef(i.indexrelid) from relation r join pg_index i on i.indrelid = r.oid
  union all
  select 'sequence ' || r.relname || ' ' || s.seqtypid::regtype || ' by ' || s.seqincrement
  from relation r join pg_sequence s on s.seqrelid = r.oid
  union all
  select 'function ' || p.proname || ' ' || md5(regexp_replace(pg_get_functiondef(p.oid), '\\s+', ' ', 'g')) from pg_proc p
  where p.pronamespace = to_regnamespace($1) and p.prokind = 'f'
    and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')
  union all
  select 'trigger ' || regexp_replace(pg_get_triggerdef(t.oid), '^CREATE TRIGGER ', '') from pg_trigger t
  join relation r on r.oid = t.tgrelid where not t.tgisinternal
  union all
  select 'type ' || t.typname || ' ' || string_agg(e.enumlabel, ',' order by e.enumsortorder)
  from pg_type t join pg_enum e on e.enumtypid = t.oid
  where t.typnamespace = to_regnamespace($1) group by t.typname
) as catalog order by line`;
