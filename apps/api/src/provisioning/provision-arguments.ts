import { parseArgs } from 'node:util';
import { plainToInstance } from 'class-transformer';
import { IsOptional, Length, validateSync } from 'class-validator';
import { StartupError } from '#libs/platform/errors/startup-error.js';
import { IsIanaTimeZone } from '#apps/api/src/http/validation/is-iana-time-zone.js';
import { IsPlainEmail } from '#apps/api/src/http/validation/is-plain-email.js';

const USAGE =
  'Usage: npm run provision -- --email you@example.com [--password ...] [--account NAME] [--project NAME] [--time-zone ZONE].';

/** What `npm run provision` is told, one member per option; the rules are those of the management API. */
export class ProvisionArguments {
  @IsPlainEmail({ message: '--email must be an e-mail address.' })
  email!: string;

  /** Undefined: one is made. */
  @Length(12, 200, { message: '--password must have 12 to 200 characters.' })
  @IsOptional()
  password?: string;

  @Length(1, 100, { message: '--account must have 1 to 100 characters.' })
  account: string = 'Main';

  @Length(1, 50, { message: '--project must have 1 to 50 characters.' })
  project: string = 'Main';

  @IsIanaTimeZone({ message: '--time-zone must be an IANA name such as Europe/Berlin.' })
  timeZone: string = 'UTC';
}

/** @throws StartupError that says what is wrong and how it is used */
export function readProvisionArguments(): ProvisionArguments {
  const given = plainToInstance(ProvisionArguments, parse(), { exposeDefaultValues: true });
  const problems = validateSync(given, { stopAtFirstError: true }).flatMap(({ constraints }) =>
    Object.values(constraints ?? {}),
  );
  if (problems.length > 0) throw new StartupError(`${problems.join(' ')} ${USAGE}`);
  return given;
}

function parse(): Partial<ProvisionArguments> {
  try {
    const { 'time-zone': timeZone, ...others } = parseArgs({
      options: {
        email: { type: 'string' },
        password: { type: 'string' },
        account: { type: 'string' },
        project: { type: 'string' },
        'time-zone': { type: 'string' },
      },
    }).values;
    return { ...others, ...(timeZone !== undefined && { timeZone }) };
  } catch (error) {
    throw new StartupError(`${error instanceof Error ? error.message : String(error)}. ${USAGE}`, {
      cause: error,
    });
  }
}
