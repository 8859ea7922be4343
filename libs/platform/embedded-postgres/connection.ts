import { realpath } from 'node:fs/promises';
import pg from 'pg';
import { SUPERUSER } from './create-cluster.js';
import { cluster } from './data-layout.js';

const CONNECT_TIMEOUT_MS = 5_000;
const INVALID_CATALOG_NAME = '3D000';
const CANNOT_CONNECT_NOW = '57P03';

export function urlOf(port: number, password: string, database: string): string {
  return `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}?sslmode=disable`;
}

/** Whether what listens on the port is the server of this cluster: `busy` while it starts, recovers or stops. */
export async function identify(
  port: number,
  password: string,
  home: string,
): Promise<'ours' | 'busy' | 'other'> {
  try {
    const directory = await withClient(urlOf(port, password, 'postgres'), async (client) => {
      const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
      return rows[0]?.data_directory;
    });
    return directory && (await realpath(directory)) === (await realpath(cluster(home))) ? 'ours' : 'other';
  } catch (cause) {
    const { code } = cause as { code?: string };
    return code === CANNOT_CONNECT_NOW || code === 'ECONNREFUSED' ? 'busy' : 'other';
  }
}

/** Makes sure that the database exists; answers whether it was made now. */
export async function ensureDatabase(port: number, password: string, database: string): Promise<boolean> {
  try {
    await withClient(urlOf(port, password, database), () => Promise.resolve());
    return false;
  } catch (cause) {
    if ((cause as { code?: string }).code !== INVALID_CATALOG_NAME) throw cause;
  }
  await withClient(urlOf(port, password, 'postgres'), (client) =>
    client.query(`CREATE DATABASE ${client.escapeIdentifier(database)}`),
  );
  return true;
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  // A connection that breaks also rejects the query; without a listener it would end the process as well.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
