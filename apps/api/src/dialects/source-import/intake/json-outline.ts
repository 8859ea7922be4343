import { type ParsedElementInfo, TokenType } from '@streamparser/json';
import { checkJson } from '#apps/api/src/http/body/check-json.js';
import { JsonWalk } from './json-walk.js';

/** What must be known of a body before its rows can be read: they may come before the source that they are for. */
export interface Outline {
  /** The last of its name, as every JSON parser would have it; undefined when there is none. */
  readonly sourceId: unknown;
  /** Whether the last `payload` is an array, and how many members have this name. */
  readonly payload: 'array' | 'other' | 'missing';
  readonly payloads: number;
}

/** Checks a whole body, and finds out what is in it besides rows. */
export class JsonOutline extends JsonWalk {
  private sourceId: unknown;
  private payload: Outline['payload'] = 'missing';
  private payloads = 0;

  constructor() {
    super(['$.source_id']);
  }

  async read(path: string): Promise<Outline> {
    for await (const _ of this.walk(path));
    return { sourceId: this.sourceId, payload: this.payload, payloads: this.payloads };
  }

  protected override onMember(name: string, token: TokenType): void {
    if (name !== 'payload') return;
    this.payloads++;
    this.payload = token === TokenType.LEFT_BRACKET ? 'array' : 'other';
  }

  protected override onValue({ value }: ParsedElementInfo): void {
    this.sourceId = value;
  }

  protected override onToken(): void {
    this.progress();
  }

  /** Rows are looked at one by one later, so that the one at fault can be named. */
  protected override onText(text: string): void {
    if (this.depth <= 1 || this.member !== 'payload') checkJson(text);
  }
}
