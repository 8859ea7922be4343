import { randomUUID } from 'node:crypto';
import { pause } from './chorus.mjs';

const CLIENTS = 32;

/**
 * Clients as they should be: each sends a feedback with an idempotency key and tries again, with the same key, until
 * it is acknowledged. What an answer may be while things fail: 201, 503, a broken connection; 409 while the first try
 * is still in flight.
 */
export class Clients {
  acknowledged = new Map();
  retries = 0;
  problems = [];
  running = false;

  constructor(chorus, token) {
    this.chorus = chorus;
    this.token = token;
  }

  start() {
    this.running = true;
    this.work = Promise.all(Array.from({ length: CLIENTS }, () => this.run()));
  }

  /** Lets every client finish what it has begun. */
  async finish() {
    this.running = false;
    await this.work;
  }

  async run() {
    while (this.running) {
      const marker = randomUUID();
      const id = await this.send(marker);
      if (id === undefined) return;
      this.acknowledged.set(marker, id);
    }
  }

  async send(marker) {
    const deadline = Date.now() + 60_000;
    for (let tries = 0; Date.now() < deadline; tries++) {
      if (tries > 0) this.retries++;
      const answer = await this.post(marker).catch(() => undefined);
      if (answer?.status === 201) return answer.body.data;
      if (answer && answer.status !== 503 && answer.status !== 409) {
        this.problems.push(`an answer was ${answer.status}: ${answer.body.errors}`);
        return undefined;
      }
      if (answer?.status === 503 && answer.retryAfter === null) this.problems.push('a 503 lacks Retry-After');
      await pause(25);
    }
    this.problems.push('a client got no answer within a minute');
    return undefined;
  }

  async post(marker) {
    const answer = await fetch(`${this.chorus.url}/api/client/feedbacks`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${this.token}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': marker,
      },
      body: JSON.stringify({
        description: marker,
        submittedByEmail: 'user@example.com',
        contactConsent: true,
      }),
      signal: AbortSignal.timeout(20_000),
    });
    return {
      status: answer.status,
      retryAfter: answer.headers.get('retry-after'),
      body: await answer.json(),
    };
  }

  /** Holds what was acknowledged against what is in the database. */
  async count() {
    const database = await this.chorus.connect();
    try {
      const { rows } = await database.query(
        `select fields->>'description' as marker, array_agg(id) as ids, count(*)::int as rows from feedback group by 1`,
      );
      const stored = new Map(rows.map((row) => [row.marker, row]));
      const { rows: strays } = await database.query(
        `select count(*)::int as count from feedback f
         where not exists (select 1 from event e where e.project_id = f.project_id and e.subject_id = f.id::text)`,
      );
      const problems = [...new Set(this.problems)];
      if (strays[0].count > 0) problems.push(`${strays[0].count} rows lack their event`);
      const lost = [...this.acknowledged].filter(
        ([marker, id]) => !stored.get(marker)?.ids.map(Number).includes(id),
      );
      return {
        acknowledged: this.acknowledged.size,
        found: this.acknowledged.size - lost.length,
        lost: lost.length,
        doubled: rows.filter((row) => row.rows > 1).length,
        retries: this.retries,
        problems,
      };
    } finally {
      await database.end();
    }
  }
}
