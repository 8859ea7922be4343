import { Chorus, pause } from './chorus.mjs';

const VOTES = 20_000;
const CONNECTIONS = 64;
const TARGET = { key: 'https://example.com/breaking-news' };

/**
 * Everybody votes on one new page while the server is killed. Votes carry no idempotency key, so a voter who got no
 * answer gives another: what counts is that there is one content, that its counts are its votes, and that every vote that
 * was acknowledged is among them.
 */
export async function votersAndKill() {
  const chorus = await Chorus.start({ RATE_LIMIT_ANONYMOUS: '0' });
  try {
    const contentSetId = chorus.credentials.feelback.contentSets['yes-no'];
    const acknowledged = new Map();
    const problems = new Set();
    let sent = 0;
    let unanswered = 0;

    const voter = async () => {
      while (acknowledged.size < VOTES) {
        const value = sent++ % 3 ? 'y' : 'n';
        const answer = await vote(chorus.url, { contentSetId, ...TARGET, value }).catch(() => undefined);
        if (answer?.status === 200) acknowledged.set(answer.body.feelbackId, value);
        else if (answer === undefined || answer.status === 503) {
          unanswered++;
          await pause(20);
        } else problems.add(`an answer was ${answer.status}: ${answer.body.message}`);
      }
    };
    const voters = Promise.all(Array.from({ length: CONNECTIONS }, voter));
    // In the very beginning, when the content is being made, and in the middle.
    for (const share of [0, 0.5]) {
      while (acknowledged.size <= VOTES * share) await pause(1);
      await chorus.killNode();
      await chorus.spawn();
    }
    await voters;
    await chorus.untilReady();
    const counts = await read(chorus.url, { contentSetId, ...TARGET });
    const stored = await rows(chorus, contentSetId);
    if (stored.contents !== 1) problems.add(`there are ${stored.contents} contents`);
    if (stored.contentCount !== 1) problems.add(`the set counts ${stored.contentCount} contents`);
    for (const [what, [y, n]] of Object.entries({ 'the API': counts, ...stored.counted })) {
      if (y !== stored.y || n !== stored.n)
        problems.add(`${what} counts ${y} and ${n}, stored are ${stored.y} and ${stored.n}`);
    }
    const found = [...acknowledged].filter(([id, value]) => stored.votes.get(id) === value).length;
    return {
      acknowledged: acknowledged.size,
      found,
      lost: acknowledged.size - found,
      doubled: 0,
      retries: unanswered,
      problems: [...problems],
    };
  } finally {
    await chorus.stop();
  }
}
votersAndKill.title = `${VOTES} votes by ${CONNECTIONS} connections on one new key, with kill -9 of Node`;

async function vote(url, params) {
  const answer = await fetch(`${url}/v0/feelbacks/create`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify([params]),
    signal: AbortSignal.timeout(20_000),
  });
  return { status: answer.status, body: await answer.json() };
}

async function read(url, target) {
  const answer = await fetch(`${url}/v0/feelbacks/getAggregates`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify([target]),
  });
  return answer.json();
}

/** What is in the database: the votes, and what was counted of them at each grain for content, set and project. */
async function rows(chorus, contentSetId) {
  const database = await chorus.connect();
  try {
    const query = async (sql) => (await database.query(sql, [contentSetId])).rows;
    const votes = await query('select id, value from feelback where content_set_id = $1');
    const [{ contents, content_count: contentCount }] = await query(
      `select (select count(*)::int from content where content_set_id = $1) as contents, content_count
       from content_set where id = $1`,
    );
    const counted = await query(
      `select case when scope_id = $1 then 'the content' else 'the set' end || ' by ' || grain as what,
         sum(coalesce(buckets[1], 0))::int as y, sum(coalesce(buckets[2], 0))::int as n
       from feelback_rollup where $1 in (scope_id, entity_id) group by 1`,
    );
    return {
      votes: new Map(votes.map(({ id, value }) => [id, value])),
      y: votes.filter(({ value }) => value === 'y').length,
      n: votes.filter(({ value }) => value === 'n').length,
      contents,
      contentCount,
      counted: Object.fromEntries(counted.map(({ what, y, n }) => [what, [y, n]])),
    };
  } finally {
    await database.end();
  }
}
