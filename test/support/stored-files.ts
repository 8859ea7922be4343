import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestApp } from './test-app.js';

/** Names of all files below a directory; none when it is missing. */
async function filesBelow(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

/** Uploads that wait to be looked at. */
export function spooledFiles({ dataDir }: TestApp): Promise<string[]> {
  return filesBelow(join(dataDir, 'spool'));
}

/** What the file storage holds, half-written files too: its keys. */
export function storedFiles({ dataDir }: TestApp): Promise<string[]> {
  return filesBelow(join(dataDir, 'files'));
}

export interface FileTraces {
  readonly spooled: number;
  readonly stored: number;
  readonly fileRows: number;
  readonly attachmentRows: number;
  readonly events: number;
}

/** Everything that an upload could leave behind. */
export async function fileTraces(app: TestApp): Promise<FileTraces> {
  const [rows] = await app.query<{ files: number; attachments: number; events: number }>(
    `select (select count(*)::int from stored_file) as files, (select count(*)::int from attachment) as attachments,
            (select count(*)::int from event where type = 'feedback.files-attached') as events`,
  );
  return {
    spooled: (await spooledFiles(app)).length,
    stored: (await storedFiles(app)).length,
    fileRows: rows!.files,
    attachmentRows: rows!.attachments,
    events: rows!.events,
  };
}
