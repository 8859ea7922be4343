/**
 * The address that the outside world knows this deployment by: tokens name it as issuer, links start with it. It
 * comes from the configuration, never from a Host header; without one it is known once the server listens.
 */
export class PublicUrl {
  private url: string | undefined;

  constructor(configured: string | undefined) {
    this.url = configured;
  }

  /** Without a trailing slash. */
  get value(): string {
    if (this.url === undefined) throw new Error('The public address is known once the server listens.');
    return this.url;
  }

  /** Called once the server listens; a configured address stays. */
  listensAt(url: string): void {
    this.url ??= url;
  }
}
