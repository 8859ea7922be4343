const KEY = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Holds a storage key to its shape, a UUID in lower case, because it becomes part of a path.
 *
 * @throws Error when it is none: keys are made by the server, so that is a bug and not bad input.
 */
export function requireFileKey(key: string): string {
  if (!KEY.test(key)) throw new Error('A storage key must be a UUID in lower case.');
  return key;
}
