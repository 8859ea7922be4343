import fc from 'fast-check';
import { emailForms } from '#libs/platform/email/normalize-email.js';
import type { Values } from './cross-read.js';

/** Runs properties on lists of feedback, and counts how much there was. */
export class CrossReadCases {
  /** Feedback that is written at once. */
  static readonly AT_ONCE = 50;

  count = 0;

  /** The published examples come first. */
  async each<T>(
    one: fc.Arbitrary<T>,
    runs: number,
    examples: readonly T[],
    property: (many: readonly T[]) => Promise<void>,
  ): Promise<void> {
    const many = fc.array(one, { minLength: CrossReadCases.AT_ONCE, maxLength: CrossReadCases.AT_ONCE });
    await fc.assert(
      fc.asyncProperty(many, (values) => {
        this.count += values.length;
        return property(values);
      }),
      { numRuns: runs, endOnFailure: true, examples: examples.length > 0 ? [[[...examples]]] : [] },
    );
  }
}

/** Without what is undefined, as JSON is. */
export function sent<T extends object>(values: T): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** An address as it is shown: with its domain in lower case. */
export function lower(email: unknown): string | undefined {
  return typeof email === 'string' ? emailForms(email).shown : undefined;
}
