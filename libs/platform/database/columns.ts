import { Column, type ColumnOptions, PrimaryColumn } from 'typeorm';

const asNumber = {
  to: (value: unknown) => value,
  from: (value: string | number | null) => (value === null ? null : Number(value)),
};

/** A bigint below 2^53, read as a number. */
export function BigIntColumn(options: ColumnOptions = {}): PropertyDecorator {
  return Column({ ...options, type: 'bigint', transformer: asNumber });
}

/** A bigint below 2^53 that is, or is part of, the primary key named `constraint`. */
export function BigIntKey(constraint: string): PropertyDecorator {
  return PrimaryColumn({ type: 'bigint', primaryKeyConstraintName: constraint, transformer: asNumber });
}

/** A UUID that is, or is part of, the primary key named `constraint`. */
export function UuidKey(constraint: string): PropertyDecorator {
  return PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: constraint });
}

/** A moment, to the millisecond (a JavaScript Date holds no more). */
export function TimeColumn(options: ColumnOptions = {}): PropertyDecorator {
  return Column({ ...options, type: 'timestamptz', precision: 3 });
}
