type SqlType = 'text' | 'numeric' | 'bigint' | 'bigint[]' | 'text[]' | 'jsonb' | 'boolean' | 'timestamptz';

/** Collects what a statement is given beside its text: everything that somebody else chose. */
export class Parameters {
  readonly values: unknown[] = [];

  /** Adds a value and answers what stands for it in the SQL. */
  add(value: unknown, type: SqlType): string {
    this.values.push(type === 'jsonb' ? JSON.stringify(value) : value);
    return `$${this.values.length}::${type}`;
  }
}
