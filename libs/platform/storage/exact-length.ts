/**
 * Passes chunks on and holds their sum to `size` bytes. The last chunk is held back until the content has ended
 * well, so that a store which was promised `size` bytes never gets them all from a content that is refused.
 *
 * @throws Error when the content is longer or shorter, and whatever error the content itself fails with.
 */
export async function* exactLength(content: AsyncIterable<Buffer>, size: number): AsyncGenerator<Buffer> {
  let seen = 0;
  let held: Buffer | undefined;
  for await (const chunk of content) {
    seen += chunk.length;
    if (seen > size) throw new Error(`The content of a file is longer than the ${size} bytes announced.`);
    if (held) yield held;
    held = chunk;
  }
  if (seen < size) throw new Error(`The content of a file is ${seen} bytes long, not ${size} as announced.`);
  if (held) yield held;
}
