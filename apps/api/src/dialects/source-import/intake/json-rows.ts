import type { ParsedElementInfo, TokenType } from '@streamparser/json';
import type { RawRow, UnreadableRow } from '#libs/import/rows/raw-row.js';
import { JsonWalk } from './json-walk.js';
import { rowFrom } from './row-from.js';

/** Reads the rows of a body that was checked before. */
export class JsonRows extends JsonWalk {
  private rows: (RawRow | UnreadableRow)[] = [];
  private payloads = 0;

  /** @param last which `payload` counts: of members of one name the last one wins */
  constructor(private readonly last: number) {
    super(['$.payload.*']);
  }

  async *read(path: string): AsyncGenerator<(RawRow | UnreadableRow)[]> {
    for await (const _ of this.walk(path)) {
      const rows = this.rows;
      this.rows = [];
      yield rows;
    }
  }

  protected override onMember(name: string, _token: TokenType): void {
    if (name === 'payload') this.payloads++;
  }

  protected override onValue({ value }: ParsedElementInfo): void {
    if (this.payloads === this.last) this.rows.push(rowFrom(value));
  }

  /** Inside a row only its end counts: a row must not be larger than memory should hold. */
  protected override onToken(): void {
    if (this.depth <= 2 || this.member !== 'payload') this.progress();
  }
}
