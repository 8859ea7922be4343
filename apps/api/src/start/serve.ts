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

/**
 * Builds the API and listens. The data source in `parts` is the server's from now on.
 * @param prepare what must be done before the server calls itself ready
 */
export async function serve(
  parts: PlatformParts,
  prepare: (server: Server) => Promise<void> = () => Promise.resolve(),
): Promise<Server> {
  const { config, source } = parts;
  const app = await createApp(parts);
  answerBrokenRequests(app.getHttpServer(), parts.logger);
  const readiness = app.get(Readiness);
  let url = '';
  // At the event itself, before the first connection: what a request may ask for must be there.
  app.getHttpServer().once('listening', () => {
    const { port } = app.getHttpServer().address() as AddressInfo;
    url = `http://${hostOf(config.http.host)}:${port}`;
    app.get(PublicUrl).listensAt(url);
  });
  const close = async () => {
    readiness.stopAccepting();
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
  try {
    await app.listen(config.http.port, config.http.host);
    const server = { app, url, close };
    await prepare(server);
    readiness.startAccepting();
    return server;
  } catch (error) {
    await app.close();
    throw error;
  }
}

/** The host part of a URL: everywhere means here, and IPv6 wears brackets. */
function hostOf(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
