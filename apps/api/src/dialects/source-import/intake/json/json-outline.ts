import { checkJson } from '#apps/api/src/http/body/check-json.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { JsonWalk } from './json-walk.js';
import { readPieces } from '../bytes/read-pieces.js';

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

  async read(path: string): Promise<Outline> {
    for await (const piece of readPieces(path)) this.write(piece);
    this.end();
    return { sourceId: this.sourceId, payload: this.payload, payloads: this.payloads };
  }

  protected override onMember(name: string, isArray: boolean): void {
    checkJson(name);
    if (name === 'source_id' && isArray) this.sourceId = [];
    if (name !== 'payload') return;
    this.payloads++;
    this.payload = isArray ? 'array' : 'other';
  }

  protected override onValue(name: string, value: unknown): void {
    checkJson(value);
    if (name === 'source_id') this.sourceId = value;
  }

  /** Rows are looked at one by one later, so that the one at fault can be named. */
  protected override onItems(name: string, items: readonly unknown[]): void {
    if (name !== 'payload') checkJson(items);
    else if (!isFinite(items)) {
      throw new DomainError('invalid', 'body', 'The request body has a number that is out of range.');
    }
  }
}

/** Whether no number in a value is beyond what a double holds. */
function isFinite(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return true;
  const members = value as Record<string, unknown>;
  for (const name in members) if (!isFinite(members[name])) return false;
  return true;
}
