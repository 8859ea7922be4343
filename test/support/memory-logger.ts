import { Logger } from '#libs/platform/logging/logger.js';

export interface LogEntry {
  readonly level: string;
  readonly message: string;
  readonly fields: Record<string, unknown>;
}

/** Keeps what was logged, so that suites can ask for it. */
export class MemoryLogger extends Logger {
  readonly entries: LogEntry[] = [];

  debug(): void {
    // Not kept: chatter.
  }

  info(message: string, fields: Record<string, unknown> = {}): void {
    this.entries.push({ level: 'info', message, fields });
  }

  warn(message: string, fields: Record<string, unknown> = {}): void {
    this.entries.push({ level: 'warn', message, fields });
  }

  error(message: string, fields: Record<string, unknown> = {}): void {
    this.entries.push({ level: 'error', message, fields });
  }
}
