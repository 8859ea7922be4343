import type { TestApp } from '#test/support/test-app.js';

/**
 * Calls every route of a dialect so that each success that its document promises happens, and the usual failures.
 * @param api a stand-in for the app that holds each answer against the document
 */
export type Exercise = (context: { readonly app: TestApp; readonly api: TestApp }) => Promise<void>;
