import type { Strategy } from 'passport';
import type { Request } from 'express';

/** How a passport strategy ended: with a user, or with a challenge for the caller. */
export type StrategyOutcome<User> =
  { readonly user: User } | { readonly user?: undefined; readonly challenge: string | number | undefined };

/**
 * Runs a passport strategy on a view of the request that holds its Authorization header alone:
 * passport-http-bearer would take a token from the query or the body, too, and those leak into logs.
 */
export function runStrategy<User>(strategy: Strategy, request: Request): Promise<StrategyOutcome<User>> {
  const { authorization } = request.headers;
  // Any number of blanks may follow the scheme (RFC 9110, 11.4); the strategy knows one.
  const view = {
    headers: authorization === undefined ? {} : { authorization: authorization.replace(/ +/, ' ') },
  };
  return new Promise((resolve, reject) => {
    const run = Object.assign(Object.create(strategy) as Strategy, {
      success: (user: User) => resolve({ user }),
      fail: (challenge?: string | number) => resolve({ challenge }),
      error: reject,
      pass: () => resolve({ challenge: undefined }),
    });
    (run.authenticate as (view: unknown) => void).call(run, view);
  });
}
