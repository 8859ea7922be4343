import type { SeededClient } from './seed.js';
import type { TestApp } from './test-app.js';

export interface Envelope<T = unknown> {
  readonly isSuccess: boolean;
  readonly data: T;
  readonly errors: string[] | null;
  readonly requestId: string;
}

/** Gets a token as the published API's example does. */
export async function tokenOf(app: TestApp, client: SeededClient, scope?: string): Promise<string> {
  const response = await requestToken(app, {
    grant_type: 'client_credentials',
    client_id: client.clientId,
    client_secret: client.clientSecret,
    ...(scope !== undefined && { scope }),
  });
  if (response.status !== 200) throw new Error(`No token: ${response.status} ${await response.text()}`);
  return ((await response.json()) as { access_token: string }).access_token;
}

export function requestToken(
  app: TestApp,
  parameters: Record<string, string> | [string, string][],
  headers: Record<string, string> = {},
): Promise<Response> {
  return app.fetch('/connect/token', { method: 'POST', headers, body: new URLSearchParams(parameters) });
}

/** The body of the published API's example. */
export const EXAMPLE = {
  description: 'The new interface is much more intuitive.',
  submittedByEmail: 'user@example.com',
  sentimentRating: true,
  contactConsent: true,
} as const;

export function createFeedback(
  app: TestApp,
  token: string,
  body: unknown = EXAMPLE,
  headers: Record<string, string> = {},
): Promise<Response> {
  return app.fetch('/api/client/feedbacks', {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

export function attach(
  app: TestApp,
  token: string,
  feedbackId: number | string,
  files: readonly { readonly name: string; readonly type: string; readonly content: Buffer }[],
  headers: Record<string, string> = {},
): Promise<Response> {
  const form = new FormData();
  for (const { name, type, content } of files) {
    form.append('files', new Blob([new Uint8Array(content)], { type }), name);
  }
  return app.fetch(`/api/client/feedbacks/${feedbackId}/attachments`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, ...headers },
    body: form,
  });
}

export async function envelope<T = unknown>(response: Response): Promise<Envelope<T>> {
  return (await response.json()) as Envelope<T>;
}
