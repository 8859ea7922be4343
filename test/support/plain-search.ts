/** A feedback as whoever sent it sees it, for searching without a database. */
export interface PlainFeedback {
  readonly id: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly values: Readonly<Record<string, unknown>>;
  readonly issues: ReadonlyMap<number, string>;
}

export interface PlainField {
  readonly key: string;
  readonly format: string;
}

export type PlainTarget = PlainField | 'id' | 'createdAt' | 'updatedAt';

/** The conditions in the words of the search; `instants` says which moment a sent date means. */
export type PlainCondition =
  | { kind: 'all' | 'any'; of: readonly PlainCondition[] }
  | { kind: 'text'; text: string; field?: PlainField }
  | { kind: 'contains'; field: PlainField; value: string | readonly string[] }
  | { kind: 'equals'; field: PlainField; value: string | number | boolean | readonly string[] }
  | { kind: 'range'; field: PlainTarget; from?: number; before?: number }
  | { kind: 'ids'; ids: readonly number[] }
  | { kind: 'issues'; match: 'any' | 'all' | 'exactly'; ids: readonly number[] }
  | { kind: 'issue-name'; name: string };

/** Evaluates searches over a list in memory, from the words of the contract alone. */
export class PlainSearch {
  constructor(
    private readonly fields: readonly PlainField[],
    private readonly instants: ReadonlyMap<string, number>,
  ) {}

  matches(feedback: PlainFeedback, condition: PlainCondition): boolean {
    switch (condition.kind) {
      case 'all':
        return condition.of.every((part) => this.matches(feedback, part));
      case 'any':
        return condition.of.some((part) => this.matches(feedback, part));
      case 'text':
        return (condition.field ? [condition.field] : this.fields).some((field) =>
          this.isFoundBy(feedback.values[field.key], field, condition.text),
        );
      case 'contains':
        return this.contains(feedback.values[condition.field.key], condition.field, condition.value);
      case 'equals':
        return this.equals(feedback.values[condition.field.key], condition.value);
      case 'range': {
        const value = this.comparable(feedback, condition.field);
        if (typeof value !== 'number') return false;
        return value >= (condition.from ?? -Infinity) && value < (condition.before ?? Infinity);
      }
      case 'ids':
        return condition.ids.includes(feedback.id);
      case 'issues': {
        const wanted = new Set(condition.ids);
        const own = new Set(feedback.issues.keys());
        if (condition.match === 'any') return condition.ids.some((id) => own.has(id));
        return condition.match === 'all' ? isSubset(wanted, own) : isSameSet(wanted, own);
      }
      case 'issue-name':
        return [...feedback.issues.values()].includes(condition.name);
    }
  }

  /** By these keys, missing values last, then the newest first. */
  sorted(
    feedbacks: readonly PlainFeedback[],
    sort: readonly { by: PlainTarget; direction: 'asc' | 'desc' }[],
  ): PlainFeedback[] {
    return feedbacks.toSorted((a, b) => {
      for (const { by, direction } of sort) {
        const left = this.comparable(a, by);
        const right = this.comparable(b, by);
        if (left === undefined && right === undefined) continue;
        if (left === undefined) return 1;
        if (right === undefined) return -1;
        const order = compare(left, right);
        if (order !== 0) return direction === 'asc' ? order : -order;
      }
      return b.createdAt - a.createdAt || b.id - a.id;
    });
  }

  private isFoundBy(value: unknown, { format }: PlainField, text: string): boolean {
    switch (format) {
      case 'text':
        return typeof value === 'string' && includes(value, text);
      case 'keyword':
      case 'select':
      case 'date':
        return value === text;
      case 'multiSelect':
        return Array.isArray(value) && value.includes(text);
      case 'number':
        try {
          return typeof value === 'number' && JSON.parse(text) === value && text.trim() === text;
        } catch {
          return false;
        }
      default:
        return false;
    }
  }

  private contains(value: unknown, { format }: PlainField, wanted: string | readonly string[]): boolean {
    if (format === 'multiSelect') {
      return Array.isArray(value) && isSubset(new Set(wanted), new Set(value as string[]));
    }
    if (format === 'images') {
      return (
        Array.isArray(value) &&
        value.some((link) => typeof link === 'string' && includes(link, wanted as string))
      );
    }
    return typeof value === 'string' && includes(value, wanted as string);
  }

  private equals(value: unknown, wanted: unknown): boolean {
    if (!Array.isArray(wanted)) return value === wanted;
    return Array.isArray(value) && isSameSet(new Set(value), new Set(wanted));
  }

  private comparable(feedback: PlainFeedback, by: PlainTarget): number | string | undefined {
    if (typeof by === 'string') return feedback[by];
    const value = feedback.values[by.key];
    if (by.format === 'date') return typeof value === 'string' ? this.instants.get(value)! : undefined;
    return typeof value === 'number' || typeof value === 'string' ? value : undefined;
  }
}

function includes(value: string, text: string): boolean {
  return value.toLowerCase().includes(text.toLowerCase());
}

function isSameSet(a: ReadonlySet<unknown>, b: ReadonlySet<unknown>): boolean {
  return isSubset(a, b) && isSubset(b, a);
}

function isSubset(part: ReadonlySet<unknown>, whole: ReadonlySet<unknown>): boolean {
  return [...part].every((one) => whole.has(one));
}

/** Numbers by size, texts by code points. */
function compare(left: number | string, right: number | string): number {
  if (typeof left === 'number') return left - (right as number);
  return Buffer.compare(Buffer.from(left), Buffer.from(right as string));
}
