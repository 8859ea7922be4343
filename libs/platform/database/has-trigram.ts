/** A run of three of what PostgreSQL calls letters and digits: the least that a trigram index can look up. */
const RUN = /[\p{Alphabetic}0-9]{3}/u;

/**
 * Whether a trigram index helps to find what contains this text. For any other text it would be read from end to end,
 * four times the work of reading the rows.
 */
export function hasTrigram(text: string): boolean {
  return RUN.test(text);
}
