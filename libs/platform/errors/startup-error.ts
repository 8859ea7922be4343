/**
 * A reason not to start that an operator can act on. Its message is one sentence that says what is wrong and
 * what to do; the entry points print it alone, without a stack, and exit with code 1.
 */
export class StartupError extends Error {
  override readonly name = 'StartupError';
}
