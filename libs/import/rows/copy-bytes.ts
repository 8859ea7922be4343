/** Up to here a loop is faster than a call out of JavaScript. */
const SHORT = 48;

/** Copies the bytes between two places to where there is room for them. @returns how many */
export function copyBytes(source: Buffer, from: number, to: number, target: Buffer, at: number): number {
  const length = to - from;
  if (length > SHORT) return source.copy(target, at, from, to);
  for (let index = 0; index < length; index++) target[at + index] = source[from + index]!;
  return length;
}
