/** Those of the numbers that an id can be: the others name nothing. */
export function idsOf(numbers: readonly number[]): number[] {
  return numbers.filter((number) => Number.isSafeInteger(number) && number > 0);
}
