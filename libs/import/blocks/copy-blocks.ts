import type { Block } from './block-builder.js';
import type { ImportRef } from '../imports.store.js';

/** Signature, flags, and the length of what may stand behind them. */
const HEADER = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
/** In the place of a row's number of columns. */
const TRAILER = Buffer.from([0xff, 0xff]);
const COLUMNS = 6;
/** Lengths of four bytes, numbers of eight and of four, and an id. */
const HEAD_BYTES = 2 + COLUMNS * 4 + 8 + 16 + 3 * 4;

/**
 * Rows of `import_block` as COPY reads them in PostgreSQL's binary format, where numbers are big-endian, so that nothing
 * of a block's text has to be escaped: how many columns there are, and each with its length in front.
 */
export async function* inBinary(ref: ImportRef, blocks: AsyncIterable<Block>): AsyncGenerator<Buffer> {
  yield HEADER;
  for await (const block of blocks) yield Buffer.concat([headOf(ref, block), ...block.rows]);
  yield TRAILER;
}

/** A row up to the text of its last column. */
function headOf({ projectId, id }: ImportRef, { number, count, rows }: Block): Buffer {
  const length = rows.reduce((sum, part) => sum + part.length, 0);
  const head = Buffer.alloc(HEAD_BYTES);
  let at = head.writeInt16BE(COLUMNS);
  at = head.writeBigInt64BE(BigInt(projectId), head.writeInt32BE(8, at));
  at = head.writeInt32BE(16, at);
  at += head.write(id.replaceAll('-', ''), at, 'hex');
  for (const value of [number, count, 0]) at = head.writeInt32BE(value, head.writeInt32BE(4, at));
  head.writeInt32BE(length, at);
  return head;
}
