/** What a query string says, by the conventions of two kinds of clients. */
export interface RawQuery {
  /** The text of `$p`; undefined when there is none. */
  readonly arguments: readonly string[] | undefined;
  /** The other parameters, in their order. */
  readonly others: readonly (readonly [string, string])[];
}

/** Where `$p` starts; `%24p` when a client encoded it like a form. */
const ARGUMENTS = /(?:^|&)(\$p|%24p)=/i;

/**
 * Reads a query from the raw URL. Widgets put plain JSON after `?$p=` without encoding it, so that an ampersand, a plus
 * or a bracket inside is part of the value: there the text runs to the end of the URL. Clients that write `%24p` encode
 * all of it as a form does. `arguments` holds what the text may mean, the likelier meaning first.
 */
export function parseRawQuery(url: string): RawQuery {
  const start = url.indexOf('?');
  const query = start < 0 ? '' : url.slice(start + 1);
  const found = ARGUMENTS.exec(query);
  if (!found) return { arguments: undefined, others: pairs(query) };
  const before = query.slice(0, found.index);
  const tail = query.slice(found.index + found[0].length);
  const end = tail.indexOf('&');
  const field = end < 0 ? tail : tail.slice(0, end);
  const asForm = decoded(field.replaceAll('+', '%20'));
  if (found[1]!.startsWith('%')) {
    return { arguments: present([asForm]), others: pairs(`${before}&${end < 0 ? '' : tail.slice(end + 1)}`) };
  }
  return { arguments: present([decoded(tail), asForm]), others: pairs(before) };
}

function present(readings: readonly (string | undefined)[]): string[] {
  return readings.filter((text) => text !== undefined);
}

function pairs(query: string): [string, string][] {
  return [...new URLSearchParams(query)];
}

/** A percent sign that begins no escape: browsers leave those of an address as they are. */
const PLAIN_PERCENT = /%(?![\da-f]{2})/gi;

/** Undefined when the escapes do not spell UTF-8. */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll(PLAIN_PERCENT, '%25'));
  } catch {
    return undefined;
  }
}
