import type { AddressInfo } from 'node:net';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { PublicUrl } from '#libs/platform/config/public-url.js';
import type { PlatformParts } from '#libs/platform/platform.module.js';
import { Readiness } from '#apps/api/src/http/health/readiness.js';
import { answerBrokenRequests } from './answer-broken-requests.js';
import { createApp } from './create-app.js';

/** A listening API. */
export interface Server {
  readonly app: NestExpressApplication;
  /** Where it listens, as a client on this machine reaches it. */
  readonly url: string;
  /** Finishes what was accepted, takes nothing new, and lets go of the database. */
  close(): Promise<void>;
}

/** Builds the API and listens. The data source in `parts` is the server's from now on. */
export async function serve(parts: PlatformParts): Promise<Server> {
  const { config, source } = parts;
  const app = await createApp(parts);
  answerBrokenRequests(app.getHttpServer(), parts.logger);
  try {
    await app.listen(config.http.port, config.http.host);
  } catch (error) {
    await app.close();
    throw error;
  }
  const { port } = app.getHttpServer().address() as AddressInfo;
  const url = `http://${hostOf(config.http.host)}:${port}`;
  app.get(PublicUrl).listensAt(url);
  const close = async () => {
    app.get(Readiness).stopAccepting();
    const patience = setTimeout(
      () => app.getHttpServer().closeAllConnections(),
      config.http.shutdownSeconds * 1000,
    );
    try {
      await app.close();
    } finally {
      clearTimeout(patience);
      if (source.isInitialized) await source.destroy();
    }
  };
  return { app, url, close };
}

/** The host part of a URL: everywhere means here, and IPv6 wears brackets. */
function hostOf(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
