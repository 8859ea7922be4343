import type { PlatformParts } from '#libs/platform/platform.module.js';
import { readCredentials, writeCredentials } from '#apps/api/src/provisioning/credentials-file.js';
import { DemoWorkspace } from '#apps/api/src/provisioning/demo/demo-workspace.js';
import { serve, type Server } from './serve.js';

/** A listening API, ready once the demo workspace is there, where one is wanted. */
export function serveWithDemo(parts: PlatformParts): Promise<Server> {
  const { config } = parts;
  return serve(parts, async ({ app, url }) => {
    if (!config.demo) return;
    const { dataDir } = config;
    const baseUrl = config.http.publicUrl ?? url;
    await app
      .get(DemoWorkspace)
      .create((credentials) => writeCredentials(dataDir, { baseUrl, ...credentials }));
    const credentials = await readCredentials(dataDir);
    if (credentials && credentials.baseUrl !== baseUrl) {
      await writeCredentials(dataDir, { ...credentials, baseUrl });
    }
  });
}
