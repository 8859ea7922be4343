/** A text with personal data replaced. */
export interface Masked {
  readonly text: string;
  /** How many pieces were replaced. */
  readonly count: number;
}

/** Replaces what `pattern` finds and `decide` answers a word for; what it answers nothing for stays. */
export function replaceWhere(
  text: string,
  pattern: RegExp,
  decide: (found: string) => string | undefined,
): Masked {
  let count = 0;
  const replaced = text.replace(pattern, (found) => {
    const word = decide(found);
    if (word === undefined) return found;
    count++;
    return word;
  });
  return { text: replaced, count };
}
