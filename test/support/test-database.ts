import { randomBytes } from 'node:crypto';
import pg from 'pg';

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** A database of one suite's own: migrated (a clone of the template), or empty. */
export async function testDatabase(from: 'template' | 'nothing' = 'template'): Promise<TestDatabase> {
  const name = `chorus_${randomBytes(6).toString('hex')}`;
  await onServer(`create database ${name}${from === 'template' ? ' template chorus_template' : ''}`);
  const url = new URL(serverUrl());
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(`drop database if exists ${name} with (force)`) };
}

function serverUrl(): string {
  const url = process.env['CHORUS_TEST_SERVER'];
  if (!url) throw new Error('The global setup has not run.');
  return url;
}

async function onServer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
