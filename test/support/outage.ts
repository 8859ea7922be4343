import { withClient } from './catalog.js';

/** Takes a database away from whoever uses it: the name is gone, every connection cut. @returns what brings it back */
export async function takeDatabaseAway(databaseUrl: string): Promise<() => Promise<void>> {
  const server = new URL(databaseUrl);
  const name = server.pathname.slice(1);
  server.pathname = '/postgres';
  const away = `${name}_away`;
  await onServer(server.href, `alter database ${name} rename to ${away}`, name);
  return () => onServer(server.href, `alter database ${away} rename to ${name}`, away);
}

/** Cuts every connection to a database, as a restart of the server does. */
export async function cutConnections(databaseUrl: string): Promise<void> {
  const server = new URL(databaseUrl);
  const name = server.pathname.slice(1);
  server.pathname = '/postgres';
  await onServer(server.href, 'select 1', name);
}

/** Runs a statement that needs a database nobody is connected to: those who come back at once are cut again. */
async function onServer(url: string, sql: string, database: string): Promise<void> {
  await withClient(url, async (client) => {
    for (let attempt = 0; ; attempt++) {
      await client.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()',
        [database],
      );
      try {
        await client.query(sql);
        return;
      } catch (error) {
        // 55006: somebody is connected again.
        if ((error as { code?: string }).code !== '55006' || attempt > 100) throw error;
      }
    }
  });
}
