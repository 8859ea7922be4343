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
