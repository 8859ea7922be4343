import type { Readable } from 'node:stream';

/**
 * Where the bytes of stored files live; what they mean lives in the database. Keys are UUIDs made by the
 * server, in lower case; a key never comes from a caller.
 */
export abstract class FileStorage {
  /**
   * Stores a file. Durable when the promise resolves; nothing is left behind when it rejects. The content is
   * streamed, never held in memory, and is destroyed when storing fails.
   *
   * @param size exact length of `content` in bytes; a content of another length is refused.
   * @throws DomainError unavailable when the store does not work; whatever error `content` fails with, as it is.
   */
  abstract put(key: string, content: Readable, size: number, mediaType: string): Promise<void>;

  /**
   * Opens a stored file. The caller must read the stream to its end or destroy it.
   *
   * @throws DomainError not_found when there is no such file, unavailable when the store does not work.
   */
  abstract get(key: string): Promise<Readable>;

  /**
   * Removes files; those that are not there are fine, so that a half-done removal can be repeated.
   *
   * @throws DomainError unavailable when the store does not work; some of the files may be gone then.
   */
  abstract remove(keys: readonly string[]): Promise<void>;

  /**
   * A link that takes the file by PUT, past this process, for some seconds. Without its query it names the file.
   *
   * @returns undefined where the store has no such links: then files come through us.
   */
  abstract directUpload(key: string, seconds: number): Promise<string | undefined>;

  /**
   * Says whether the store can be reached, for readiness and start-up.
   *
   * @throws DomainError unavailable
   */
  abstract check(): Promise<void>;
}
