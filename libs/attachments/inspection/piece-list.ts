import type { ContentPiece } from './inspected-file.js';

/** Collects what of a file is kept, in order; ranges that touch become one. */
export class PieceList {
  private readonly pieces: ContentPiece[] = [];
  private start = 0;
  private end = 0;

  keep(start: number, end: number): void {
    if (start !== this.end) {
      this.flush();
      this.start = start;
    }
    this.end = end;
  }

  insert(bytes: Buffer): void {
    this.flush();
    this.start = this.end;
    this.pieces.push(bytes);
  }

  done(): readonly ContentPiece[] {
    this.flush();
    this.start = this.end;
    return this.pieces;
  }

  private flush(): void {
    if (this.end > this.start) this.pieces.push({ start: this.start, end: this.end });
  }
}
