import type { TestApp } from './test-app.js';

/** A management API client that signed in. */
export class AdminClient {
  private constructor(
    private readonly app: TestApp,
    readonly token: string,
  ) {}

  static async signIn(app: TestApp, user: { email: string; password: string }): Promise<AdminClient> {
    const response = await signIn(app, user);
    if (response.status !== 200) throw new Error(`Not signed in: ${response.status}`);
    return new AdminClient(app, ((await response.json()) as { accessToken: string }).accessToken);
  }

  call(method: string, path: string, body?: unknown): Promise<Response> {
    return this.app.fetch(path, {
      method,
      headers: {
        Authorization: `Bearer ${this.token}`,
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  /** The JSON of a call that must succeed. */
  async json<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await this.call(method, path, body);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }
}

export function signIn(
  app: TestApp,
  { email, password }: { email: string; password: string },
): Promise<Response> {
  return app.fetch('/api/auth/sign-in', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
}
