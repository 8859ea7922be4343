import { chmod, mkdir, mkdtemp, readFile, rm, rmdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findHome } from './home.js';

const asRoot = process.getuid?.() === 0 ? it : it.skip;

describe('findHome', () => {
  let base: string;
  let dataDir: string;

  beforeEach(async () => {
    base = await mkdtemp(join(tmpdir(), 'chorus-home-'));
    dataDir = join(base, 'data');
  });

  afterEach(async () => {
    const elsewhere = await readFile(join(dataDir, 'location'), 'utf8').catch(() => undefined);
    if (elsewhere) await rm(elsewhere.trim(), { recursive: true, force: true });
    // Only when nothing else is kept there.
    await rmdir('/var/lib/chorus').catch(() => undefined);
    await rm(base, { recursive: true, force: true });
  });

  it('lies in the data directory', async () => {
    await chmod(base, 0o755);
    expect((await findHome(dataDir, () => undefined)).directory).toBe(join(dataDir, 'server'));
  });

  asRoot('lets the user of PostgreSQL pass a private data directory, and nobody read it', async () => {
    await chmod(base, 0o755);
    const { user } = await findHome(dataDir, () => undefined);
    expect((await stat(dataDir)).mode & 0o777).toBe(0o710);
    expect((await stat(dataDir)).gid).toBe(user?.gid);
  });

  asRoot('passes the directory above only when that is owned by Chorus', async () => {
    await mkdir(join(base, 'owner.lock'));
    expect((await findHome(dataDir, () => undefined)).directory).toBe(join(dataDir, 'server'));
    expect((await stat(base)).mode & 0o777).toBe(0o710);
  });

  asRoot('lies elsewhere, and is found again, when that user cannot reach the data directory', async () => {
    const messages: string[] = [];
    const { directory, user } = await findHome(dataDir, (message) => messages.push(message));
    expect(directory).toMatch(/^\/var\/(lib\/chorus\/|tmp\/chorus-)[0-9a-f]{12}-[0-9a-f]{8}$/);
    expect(messages).toEqual([expect.stringContaining(directory)]);
    expect((await stat(base)).mode & 0o777).toBe(0o700);
    expect(await findHome(dataDir, () => undefined)).toEqual({ directory, user });
  });

  asRoot('says so when the database that lay elsewhere is gone', async () => {
    await rm((await findHome(dataDir, () => undefined)).directory, { recursive: true });
    await expect(findHome(dataDir, () => undefined)).rejects.toThrow(
      /which is gone: bring it back, or remove/,
    );
  });
});
