import { spooledFiles, storedFiles } from './stored-files.js';
import type { TestApp } from './test-app.js';
import type { UserFeedbackClient } from './user-feedback.js';

/** A part of a form: a text, or a file. */
export interface Part {
  readonly name: string;
  readonly value: string | Buffer;
  readonly type?: string;
  readonly file?: string;
}

/** A form with parts as they come, in their order. */
export function form(parts: readonly Part[]): FormData {
  const data = new FormData();
  for (const { name, value, type, file } of parts) {
    if (typeof value === 'string' && type === undefined) data.append(name, value);
    else
      data.append(
        name,
        new Blob([new Uint8Array(Buffer.from(value))], { type: type ?? 'image/png' }),
        file ?? 'a.png',
      );
  }
  return data;
}

/** A part without a file name but with a type of its own, which FormData cannot make. */
export function jsonForm(parts: Record<string, string>): { body: string; type: string } {
  const lines = Object.entries(parts).map(
    ([name, value]) =>
      `--x\r\nContent-Disposition: form-data; name="${name}"\r\nContent-Type: application/json\r\n\r\n${value}\r\n`,
  );
  return { body: `${lines.join('')}--x--\r\n`, type: 'multipart/form-data; boundary=x' };
}

/** A part with a file. */
export const image = (value: Buffer, type = 'image/png', file = 'a.png', name = 'screenshots'): Part => ({
  name,
  value,
  type,
  file,
});

/** All that a request with images could leave behind. */
export async function traces(app: TestApp): Promise<unknown> {
  const [rows] = await app.query<object>(
    `select (select count(*) from stored_file) as files, (select count(*) from attachment) as attachments,
       (select count(*) from feedback) as feedback, (select count(*) from issue) as issues,
       (select count(*) from idempotency_key) as keys`,
  );
  return { ...rows, stored: await storedFiles(app), spooled: await spooledFiles(app) };
}

/** The links in the images field of the demo. */
export async function screenshots(client: UserFeedbackClient, id: number): Promise<string[]> {
  return (await client.get(id))['screenshots'] as string[];
}
