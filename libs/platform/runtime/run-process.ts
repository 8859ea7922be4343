import { startupFailure } from './startup-failure.js';

type Step = () => Promise<void>;

/**
 * Runs a long-lived process. `start` hands over, as it goes, how each thing it made is let go of; on SIGTERM, SIGINT
 * or when the launcher dies, they run in reverse. A start that fails lets go of what there is, says why in one
 * sentence where an operator can do something about it, and exits with 1. A second signal does not wait.
 */
export async function runProcess(
  sayError: (message: string) => void,
  start: (onStop: (step: Step) => void) => Promise<void>,
): Promise<void> {
  const steps: Step[] = [];
  let stopping: Promise<void> | undefined;

  const release = async (): Promise<void> => {
    for (const step of steps.splice(0).toReversed()) {
      try {
        await step();
      } catch (error) {
        sayError(`While stopping: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  };
  const stop = (signal: NodeJS.Signals | 'disconnect'): void => {
    if (stopping) {
      if (signal !== 'disconnect') process.exit(1);
      return;
    }
    stopping = starting.then(release).then(() => process.exit(0));
  };

  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // The launcher holds the other end of this channel: when it is killed, nobody else would stop us.
  process.on('disconnect', () => stop('disconnect'));

  const starting = start((step) => steps.push(step)).catch(async (error: unknown) => {
    await release();
    const sentence = startupFailure(error);
    sayError(sentence ?? `Chorus could not start: ${error instanceof Error ? error.stack : String(error)}`);
    process.exit(1);
  });
  await starting;
}
