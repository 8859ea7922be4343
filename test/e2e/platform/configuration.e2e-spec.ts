import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { plainToInstance } from 'class-transformer';
import { Environment } from '#libs/platform/config/environment.js';
import { ROOT } from '#test/support/chorus-process.js';

interface Generator {
  readonly PAGE: string;
  configurationPage(): Promise<string>;
}

describe('docs/configuration.md', () => {
  it('is what `npm run configuration` writes', async () => {
    const { PAGE, configurationPage } = (await import(join(ROOT, 'scripts/configuration.mjs'))) as Generator;
    const words = (page: string) => page.replaceAll(/[ -]+/g, ' ');
    expect(words(await readFile(PAGE, 'utf8'))).toBe(words(await configurationPage()));
  });

  it('describes every variable that has a default, and its default', async () => {
    const page = await readFile(join(ROOT, 'docs/configuration.md'), 'utf8');
    const environment = plainToInstance(Environment, {}, { exposeDefaultValues: true });
    for (const [name, value] of Object.entries(environment) as [string, unknown][]) {
      const shown = value === '' || value === undefined ? 'unset' : `\`${String(value)}\``;
      const row = new RegExp(`^\\| \`${name}\` +\\| (.*?) +\\| .*\\| (.+) +\\|$`, 'm').exec(page);
      expect([name, row?.[1]]).toEqual([name, shown]);
      expect([name, row?.[2]?.trim()]).toEqual([name, expect.stringMatching(/\w/)]);
    }
  });
});

interface Tasks {
  readonly HEAP_FLAGS: readonly string[];
  readonly MALLOC_ENV: Readonly<Record<string, string>>;
}

describe('Dockerfile', () => {
  it('lets the server keep its memory as `npm start` does', async () => {
    const { HEAP_FLAGS, MALLOC_ENV } = (await import(join(ROOT, 'scripts/lib/tasks.mjs'))) as Tasks;
    const lines = (await readFile(join(ROOT, 'Dockerfile'), 'utf8')).split('\n');
    const command = JSON.stringify(['node', ...HEAP_FLAGS, 'dist/apps/api/src/main.js']);
    expect(lines.map((line) => line.replaceAll(', ', ','))).toContain(`CMD ${command}`);
    const environment = lines.findLast((line) => line.startsWith('ENV '))!.split(' ');
    expect(environment).toEqual(
      expect.arrayContaining(Object.entries(MALLOC_ENV).map(([name, value]) => `${name}=${value}`)),
    );
  });
});
