import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChorusProcesses, ROOT } from '#test/support/chorus-process.js';
import { commandBlocks, hasCommands, runBlocks, shapeOf } from '#test/support/documented-commands.js';

const DOCUMENTS = ['README.md', 'docs/cross-read.md'];
const available = await hasCommands('bash', 'curl');
if (!available) console.warn('Skipped: the commands of the documents need bash and curl.');

(available ? describe : describe.skip)('the commands of', () => {
  const processes = new ChorusProcesses();
  let directory: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'chorus-docs-'));
  });

  afterAll(() => rm(directory, { recursive: true, force: true }));

  it('every guide and the README work against the demo workspace, and answer what is shown', async () => {
    const dataDir = await processes.dataDir();
    const url = await processes.start({ env: { CHORUS_DATA_DIR: dataDir } }).url();
    const guides = (await readdir(join(ROOT, 'docs/guides'))).map((name) => `docs/guides/${name}`);
    for (const path of [...DOCUMENTS, ...guides]) {
      const blocks = await commandBlocks(path);
      expect([path, blocks.length > 0]).toEqual([path, true]);
      for (const { printed, answer } of await runBlocks(blocks, { url, dataDir, directory })) {
        if (answer === undefined) continue;
        expect([path, shapeOf(JSON.parse(printed.split('\n').at(-1)!))]).toEqual([path, shapeOf(answer)]);
      }
    }
  });
});
