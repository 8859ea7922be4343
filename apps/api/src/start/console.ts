import { styleText } from 'node:util';

/** What a person at the terminal reads; logs are JSON lines on the same stream. Colours on a terminal only. */
export function say(message: string): void {
  process.stdout.write(`${message}\n`);
}

export function sayError(message: string): void {
  process.stderr.write(`${styleText('red', message, { stream: process.stderr })}\n`);
}

export function bold(message: string): string {
  return styleText('bold', message, { stream: process.stdout });
}
