import { COMMON_ISSUE, idOf, LARGE, RARE_ASSIGNEE } from './inbox-data.mjs';

const DAY_MS = 86_400_000;

/**
 * What is asked of the management API. `pages`: which page is measured, by cursor. `exempt`: no index can help, so it
 * takes as long as the project is large.
 */
export function inboxShapes(rows) {
  const list = (name, query, more) => ({ name, path: `/feedback?limit=20${query}`, ...more });
  const both = (name, query) => [list(name, `&projectId=${LARGE}${query}`), list(`${name}, account`, query)];
  const of = (name, query, more) => list(name, `&projectId=${LARGE}${query}`, more);
  const counts = (name, path) => ({ name, path });
  const days = (count) => `&from=${day(count - 1)}&to=${day(0)}`;
  return [
    ...both('no filter', ''),
    of('no filter, page 50', '', { pages: 50 }),
    list('no filter, account, page 50', '', { pages: 50 }),
    of('half a year ago', `&before=${day(180)}`),
    of('one channel', '&channelId=3'),
    ...both('one public API', '&dialect=source-import'),
    of('two public APIs', '&dialect=source-import,insider-connect'),
    of('common status', '&status=OPEN'),
    ...both('rare status', '&status=DECLINED'),
    of('two statuses', '&status=IN_PROGRESS,DECLINED'),
    of('severity', '&severity=CRITICAL'),
    of('sentiment', '&sentiment=negative'),
    of('sentiment not said', '&sentiment=none'),
    ...both('common label', '&label=bug'),
    ...both('rare label', '&label=unicorn'),
    of('two labels', '&label=bug,export'),
    ...both('rare assignee', `&assigneeId=${RARE_ASSIGNEE}`),
    of('category', '&category=reports'),
    ...both('author', '&authorEmail=USER77@example.com'),
    of('issue of many', `&issueId=${COMMON_ISSUE}`),
    of('issue of few', '&issueId=499'),
    ...both('rare word', '&text=xylophone'),
    ...both('word in 1 % of the rows', '&text=percentile'),
    ...both('word in half of the rows', '&text=application'),
    ...both('no hit', '&text=floccinaucinihilipilification'),
    of('two letters, no hit', '&text=zq', { exempt: true }),
    ...both('status, severity, label', '&status=RESOLVED&severity=CRITICAL&label=billing'),
    of('sentiment, status, common word', '&sentiment=negative&status=OPEN&text=application'),
    of('public API, rare status, severity', '&dialect=source-import&status=DECLINED&severity=LOW'),
    of('public API and a sentiment that it has not', '&dialect=source-import&sentiment=positive'),
    counts('get by id', `/feedback/${idOf(Math.floor(rows / 4) * 2 + 1)}`),
    counts('facets, project', `/feedback/facets?projectId=${LARGE}`),
    counts('facets, account', '/feedback/facets?'),
    counts('facets of a label', `/feedback/facets?projectId=${LARGE}&label=bug`),
    counts('facets, account, 366 days', `/feedback/facets?${days(366)}`),
    ...['volume', 'handling', 'issues'].flatMap((what) =>
      [30, 366].map((count) =>
        counts(`${what}, ${count} days`, `/statistics/${what}?projectId=${LARGE}${days(count)}`),
      ),
    ),
  ];
}

/** The day so many days ago, `YYYY-MM-DD`. */
function day(ago) {
  return new Date(Date.now() - ago * DAY_MS).toISOString().slice(0, 10);
}
