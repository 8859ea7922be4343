import { AbstractLogger, type LogLevel, type LogMessage } from 'typeorm';
import type { Logger } from '#libs/platform/logging/logger.js';

/** What TypeORM says unasked, that a migration failed, goes where everything is logged; by itself it writes to stdout. */
export class MigrationLogger extends AbstractLogger {
  constructor(private readonly logger: Logger) {
    super(false);
  }

  protected override writeLog(
    _level: LogLevel,
    said: string | number | LogMessage | (string | number | LogMessage)[],
  ): void {
    for (const { message } of this.prepareLogMessages(said))
      this.logger.warn('the database layer says', { message });
  }
}
