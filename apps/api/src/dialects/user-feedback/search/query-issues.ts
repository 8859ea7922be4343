import { ISSUE_ORDERS, type IssueFilter, type IssueQuery, type IssueText } from '#libs/issues/issue-query.js';
import { asObject, refused } from '../refuse.js';
import { readDirection } from './read-sort.js';
import { readInstants, readNumber, readText, readTexts } from './read-values.js';

const CONTAINED = new Set<string>(['name', 'description', 'status', 'externalIssueId', 'feedbackCount']);

/** Reads what of the issues is asked for; everything must apply. @throws DomainError invalid */
export function readIssueQuery(query: unknown, sort: unknown): IssueQuery {
  const filter: IssueFilter = {};
  const contains: Partial<Record<IssueText, string>> = {};
  for (const [key, value] of Object.entries(asObject(query ?? {}))) {
    if (CONTAINED.has(key)) contains[key as IssueText] = readWord(key, value);
    else Object.assign(filter, readMember(key, value));
  }
  return { ...filter, contains, sort: readIssueSort(sort) };
}

function readMember(key: string, value: unknown): IssueFilter {
  switch (key) {
    case 'searchText':
      return value ? { searchText: readWord(key, value) } : {};
    case 'id':
      return value ? { id: idOf(readNumber(key, value)) } : {};
    case 'categoryId':
      return { categoryId: value === null ? null : idOf(readNumber(key, value)) };
    case 'statuses':
      return { statuses: readTexts(key, value) };
    case 'createdAt':
    case 'updatedAt':
      return { [key]: readInstants(key, value) };
    default:
      throw refused(`invalid key in query: ${key}`);
  }
}

/** A number is looked for as it is written. */
function readWord(key: string, value: unknown): string {
  return typeof value === 'number' ? String(value) : readText(key, value);
}

/** What no issue can have is 0, which none has. */
function idOf(number: number): number {
  return Number.isSafeInteger(number) ? number : 0;
}

function readIssueSort(sort: unknown): IssueQuery['sort'] {
  return Object.entries(asObject(sort ?? {})).map(([key, method]) => {
    const direction = readDirection(method);
    const by = ISSUE_ORDERS.find((order) => order === key);
    if (!by) throw refused('bad key in sort');
    return { by, direction };
  });
}
