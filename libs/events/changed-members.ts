/** The names of the members that a change brings. A DTO has all of its members; those that were not sent are undefined. */
export function changedMembers(change: object): string[] {
  return Object.entries(change).flatMap(([name, value]) => (value === undefined ? [] : [name]));
}
