import { Transform } from 'class-transformer';

/** A state that is left out or null is `active`. */
export const activeByDefault = Transform(({ value }: { value: unknown }) => value ?? 'active');
