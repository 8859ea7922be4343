import { AsyncLocalStorage } from 'node:async_hooks';

export interface RequestContext {
  readonly requestId: string;
}

/** Carries the request id to whatever logs on behalf of a request; nothing else travels here. */
export const requestContext = new AsyncLocalStorage<RequestContext>();
