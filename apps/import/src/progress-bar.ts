import type { Totals } from './push-file.js';

const WIDTH = 30;

/** One line that is written over; a stream that is no terminal gets none. */
export class ProgressBar {
  private shown = false;

  constructor(private readonly stream: NodeJS.WriteStream) {}

  show({ sent, imported, duplicates, rejected }: Totals): void {
    if (!this.stream.isTTY) return;
    const done = imported + duplicates + rejected;
    const filled = sent === 0 ? 0 : Math.round((done / sent) * WIDTH);
    this.stream.write(`\r[${'#'.repeat(filled)}${'.'.repeat(WIDTH - filled)}] ${done} of ${sent} rows sent `);
    this.shown = true;
  }

  /** A line of its own, on a terminal or not; the bar goes on below. */
  say(message: string): void {
    this.end();
    this.stream.write(`${message}\n`);
  }

  end(): void {
    if (this.shown) this.stream.write('\n');
    this.shown = false;
  }
}
