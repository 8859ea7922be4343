import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { FileStorage } from '#libs/platform/storage/file-storage.js';

/** What every file storage must do; each implementation runs it against the real thing. */
export function fileStorageContract(storage: () => FileStorage): void {
  const put = (key: string, bytes: Buffer, size = bytes.length) =>
    storage().put(key, inChunks(bytes, 1000), size, 'application/pdf');
  const read = async (key: string) => buffer(await storage().get(key));

  it.each([0, 1, 999, 1000, 70_000, 5_000_000])('gives back the %d bytes that were put', async (size) => {
    const key = randomUUID();
    const bytes = Buffer.alloc(size, 'chorus');
    await put(key, bytes);
    expect((await read(key)).equals(bytes)).toBe(true);
  });

  it('replaces the content when a key is put again, as a retry does', async () => {
    const key = randomUUID();
    await put(key, Buffer.from('first'));
    await put(key, Buffer.from('second'));
    expect(String(await read(key))).toBe('second');
  });

  it('keeps files apart when many are written at once', async () => {
    const keys = Array.from({ length: 30 }, () => randomUUID());
    await Promise.all(keys.map((key) => put(key, Buffer.from(`file ${key}`))));
    for (const key of keys) expect(String(await read(key))).toBe(`file ${key}`);
  });

  it('answers not_found for a key that was never put', async () => {
    await expect(storage().get(randomUUID())).rejects.toMatchObject({ code: 'not_found', subject: 'file' });
  });

  it('removes what is there and minds nothing that is not', async () => {
    const kept = randomUUID();
    const removed = Array.from({ length: 20 }, () => randomUUID());
    for (const key of [kept, ...removed]) await put(key, Buffer.from(key));
    await storage().remove([...removed, randomUUID()]);
    await storage().remove(removed);
    await storage().remove([]);
    for (const key of removed) await expect(storage().get(key)).rejects.toMatchObject({ code: 'not_found' });
    expect(String(await read(kept))).toBe(kept);
  });

  it.each([
    ['longer', 9],
    ['shorter', 11],
    ['longer by many chunks', 5],
  ])('refuses a content that is %s than announced, and keeps nothing of it', async (_what, announced) => {
    const key = randomUUID();
    const content = inChunks(Buffer.from('0123456789'), 1);
    await expect(storage().put(key, content, announced, 'application/pdf')).rejects.toThrow(
      /bytes (announced|long)/,
    );
    await expect(storage().get(key)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('hands on the error of a content that fails midway, and keeps nothing of it', async () => {
    const key = randomUUID();
    await expect(storage().put(key, failing(), 200_000, 'application/pdf')).rejects.toThrow('the disk broke');
    await expect(storage().get(key)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('keeps the former content when replacing it fails', async () => {
    const key = randomUUID();
    await put(key, Buffer.from('former'));
    await expect(storage().put(key, failing(), 200_000, 'application/pdf')).rejects.toThrow('the disk broke');
    expect(String(await read(key))).toBe('former');
  });

  it.each(['', '../../etc/passwd', 'ABCDEF00-0000-4000-8000-000000000000', `${randomUUID()}/x`])(
    'refuses the key %j, which no server made',
    async (key) => {
      const message = 'A storage key must be a UUID in lower case.';
      await expect(put(key, Buffer.from('x'))).rejects.toThrow(message);
      await expect(storage().get(key)).rejects.toThrow(message);
      await expect(storage().remove([key])).rejects.toThrow(message);
    },
  );

  it('passes its own check', async () => {
    await expect(storage().check()).resolves.toBeUndefined();
  });
}

/** What every storage must do when it cannot be reached. */
export function unavailableStorageContract(storage: () => FileStorage): void {
  const unavailable = { code: 'unavailable', subject: 'file', details: { retryAfter: expect.any(Number) } };

  it('answers unavailable to everything, with a time to come back', async () => {
    const content = inChunks(Buffer.from('x'), 1);
    await expect(storage().put(randomUUID(), content, 1, 'application/pdf')).rejects.toMatchObject(
      unavailable,
    );
    await expect(storage().get(randomUUID())).rejects.toMatchObject(unavailable);
    await expect(storage().remove([randomUUID()])).rejects.toMatchObject(unavailable);
    await expect(storage().check()).rejects.toMatchObject(unavailable);
    expect(content.destroyed).toBe(true);
  });
}

function inChunks(bytes: Buffer, length: number): Readable {
  function* chunks() {
    for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
  }
  return Readable.from(chunks(), { objectMode: false });
}

function failing(): Readable {
  function* chunks() {
    yield Buffer.alloc(100_000);
    throw new Error('the disk broke');
  }
  return Readable.from(chunks(), { objectMode: false });
}
