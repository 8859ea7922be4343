import type { SystemPrincipal } from '#libs/accounts/principal.js';
import type { DemoCredentials } from '../credentials-file.js';

/** What every part of the demo workspace may build on. */
export interface DemoContext {
  readonly system: SystemPrincipal;
  /** The project that most of the demo lives in. */
  readonly projectId: number;
}

/** One public API's part of the demo workspace; runs in the workspace's transaction. */
export abstract class DemoSection {
  /** Makes what a first call needs, and answers the members that it adds to `credentials.json`. */
  abstract create(context: DemoContext): Promise<Partial<DemoCredentials>>;
}
