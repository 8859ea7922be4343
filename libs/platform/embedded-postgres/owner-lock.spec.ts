import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StartupError } from '../errors/startup-error.js';
import { acquireOwnerLock } from './owner-lock.js';
import { identityOf } from './process-identity.js';

describe('acquireOwnerLock', () => {
  let base: string;
  let dataDir: string;
  const children: ChildProcess[] = [];

  beforeEach(async () => {
    base = await mkdtemp(join(tmpdir(), 'chorus-lock-'));
    dataDir = join(base, 'data');
  });

  afterEach(async () => {
    await Promise.all(children.splice(0).map((child) => kill(child)));
    await rm(base, { recursive: true, force: true });
  });

  /** Another process, and its name in a lock. */
  async function process_(): Promise<{ child: ChildProcess; identity: string }> {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'], { stdio: 'ignore' });
    children.push(child);
    await once(child, 'spawn');
    return { child, identity: await identityOf(child.pid ?? 0) };
  }

  async function kill(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  async function lockedBy(...identities: string[]): Promise<void> {
    await mkdir(join(dataDir, 'owner.lock'), { recursive: true });
    for (const identity of identities) await writeFile(join(dataDir, 'owner.lock', identity), '');
  }

  it('makes the data directory, private, and leaves nothing in it after release', async () => {
    const lock = await acquireOwnerLock(dataDir);
    expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
    await lock.release();
    expect(await readdir(dataDir)).toEqual([]);
  });

  it('refuses a second owner, and says who is first and what to do', async () => {
    const { child, identity } = await process_();
    await lockedBy(identity);
    await expect(acquireOwnerLock(dataDir)).rejects.toEqual(
      new StartupError(
        `Another Chorus (process ${child.pid}) already uses the data directory ${dataDir}: ` +
          'stop it, or set CHORUS_DATA_DIR to another directory.',
      ),
    );
    expect(await readdir(join(dataDir, 'owner.lock'))).toEqual([identity]);
  });

  it('takes over at once from a killed owner', async () => {
    const { child, identity } = await process_();
    await lockedBy(identity);
    await kill(child);
    const lock = await acquireOwnerLock(dataDir);
    expect(await readdir(join(dataDir, 'owner.lock'))).toEqual([await identityOf(process.pid)]);
    await lock.release();
  });

  it('takes over when the pid of the owner belongs to a later process', async () => {
    if (process.platform === 'win32') return;
    const { child } = await process_();
    await lockedBy(`${child.pid}.another-start`);
    await (await acquireOwnerLock(dataDir)).release();
  });

  it('takes over an empty lock and removes what a killed contender prepared', async () => {
    await lockedBy();
    await mkdir(join(dataDir, 'owner.lock-1.another-start-abcd'));
    await (await acquireOwnerLock(dataDir)).release();
    expect(await readdir(dataDir)).toEqual([]);
  });

  it('lets exactly one of many contenders take over a stale lock', async () => {
    await lockedBy('1.another-start', '2.another-start');
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => acquireOwnerLock(dataDir)));
    const winners = results.filter((result) => result.status === 'fulfilled');
    expect(winners).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(StartupError);
    }
    await winners[0]?.value.release();
    expect(await readdir(dataDir)).toEqual([]);
  });

  it('says what is wrong with a data directory that cannot be made', async () => {
    await writeFile(join(base, 'file'), '');
    await expect(acquireOwnerLock(join(base, 'file', 'data'))).rejects.toThrow(
      /cannot be used .* set CHORUS_DATA_DIR/,
    );
  });
});
