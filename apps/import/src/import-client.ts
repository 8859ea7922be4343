import { hash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { StartupError } from '#libs/platform/errors/startup-error.js';
import type { ImportArguments } from './arguments.js';
import type { Batch } from './batches.js';

/** What the server tells of an import. */
export interface Progress {
  readonly state: string;
  readonly received: number;
  readonly imported: number;
  readonly duplicates: number;
  readonly rejected: number;
  readonly masked: number;
  readonly finishedAt: string | null;
  readonly error: string | null;
}

/** A batch that the server holds safely. */
export interface SentBatch {
  /** Where its progress is. */
  readonly location: string;
  /** True: it arrived with an earlier run, and this is the import that it became then. */
  readonly before: boolean;
}

/** Five minutes of waiting in all, with the longest wait below. */
const MAX_TRIES = 40;
const LONGEST_WAIT_MS = 8_000;
const REQUEST_MS = 300_000;
/** Waiting that nobody needs to be told of. */
const QUIET_MS = 3_000;
/** Answers that say nothing about the batch: later is another chance. */
const LATER = new Set([408, 409, 425, 429, 500, 502, 503, 504]);

/** Talks to the server, and tries again where that is safe: every request here is. */
export class ImportClient {
  /** @param say tells the person at the terminal that the server keeps us waiting, once per outage */
  constructor(
    private readonly options: ImportArguments,
    private readonly say: (message: string) => void,
  ) {}

  /** Sends a batch, again where an earlier run's import of it failed. @throws StartupError that names the line at fault */
  async send(batch: Batch): Promise<SentBatch> {
    for (let round = 1; ; round++) {
      const { location, replayed, before } = await this.post(batch, round);
      // Under its key the server would answer with the failed import for a day; rows that it brought are not taken twice.
      if (!replayed || (await this.progress(location)).state !== 'failed') return { location, before };
    }
  }

  private async post(batch: Batch, round: number): Promise<SentBatch & { readonly replayed: boolean }> {
    const { source, partial } = this.options;
    const query = new URLSearchParams({ source_id: source, ...(partial && { mode: 'partial' }) });
    // The same rows for another source, or sent in another way, are another request.
    const key = hash('sha256', `${query} ${batch.key} ${round}`, 'hex');
    const { answer, tries } = await this.request(`/api/v1/source/import?${query}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-ndjson', 'Idempotency-Key': key },
      body: batch.body,
    });
    const location = answer.headers.get('location');
    const replayed = answer.headers.get('idempotent-replayed') === 'true';
    // Behind a failed try it may well be our own request that the server knows.
    if (answer.ok && location) return { location, replayed, before: replayed && tries === 1 };
    throw new StartupError(explain(answer.status, await answer.text(), batch));
  }

  async progress(location: string): Promise<Progress> {
    const { answer } = await this.request(location, {});
    if (!answer.ok)
      throw new StartupError(`The progress was answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as Progress;
  }

  /** The first answer that is not about the state of the server. @throws StartupError when there is none */
  private async request(path: string, init: RequestInit): Promise<{ answer: Response; tries: number }> {
    const { url, key } = this.options;
    const headers = { 'X-API-KEY': key, ...(init.headers as Record<string, string> | undefined) };
    let last = '';
    let waited = 0;
    for (let tries = 1; tries <= MAX_TRIES; tries++) {
      let wait = Math.min(LONGEST_WAIT_MS, 125 * 2 ** tries);
      try {
        const answer = await fetch(url + path, { ...init, headers, signal: AbortSignal.timeout(REQUEST_MS) });
        if (!LATER.has(answer.status)) return { answer, tries };
        last = `${answer.status} ${await answer.text()}`;
        // An archived project is a conflict, too, but one that does not pass.
        if (answer.status === 409 && !answer.headers.has('retry-after')) throw new StartupError(last);
        wait = Math.max(wait, Number(answer.headers.get('retry-after') ?? 0) * 1_000);
      } catch (error) {
        if (error instanceof StartupError) throw error;
        last = error instanceof Error ? `${error.message} ${causeOf(error)}` : String(error);
      }
      if (waited <= QUIET_MS && waited + wait > QUIET_MS)
        this.say(`The server at ${url} gives no good answer: ${last.trim()}. Trying again for some minutes.`);
      waited += wait;
      await pause(wait);
    }
    throw new StartupError(
      `The server at ${url} gives no good answer: ${last}. Run the same command again later.`,
    );
  }
}

function causeOf({ cause }: Error): string {
  return cause instanceof Error ? `(${cause.message})` : '';
}

/** Turns `payload[3].date` into the line of the file. */
function explain(status: number, text: string, { lines }: Batch): string {
  const message = (safeJson(text) as { message?: unknown } | undefined)?.message;
  const said = typeof message === 'string' ? message : text;
  const place = /payload\[(\d+)\]/.exec(said)?.[1];
  const line = place === undefined ? undefined : lines[Number(place)];
  return `${line === undefined ? '' : `Line ${line} of the file: `}${said} (${status})`;
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
