import { execFileSync } from 'node:child_process';
import { chown, mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  API,
  ChorusProcesses,
  credentialsIn,
  demoToken,
  postmasterOf,
  ROOT,
} from '#test/support/chorus-process.js';

/** The user `nobody`, where we may become it and it can read the code; else why not. */
function nobody(): { uid: number; gid: number } | string {
  if (process.getuid?.() !== 0) return 'not root';
  const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, 'nobody'])));
  try {
    const script = `fs.accessSync(${JSON.stringify(join(ROOT, API))})`;
    execFileSync(process.execPath, ['-e', script], { uid: uid!, gid: gid!, stdio: 'ignore' });
    return { uid: uid!, gid: gid! };
  } catch {
    return `nobody cannot read ${ROOT}`;
  }
}

const user = nobody();
const asNobody = typeof user === 'string' ? it.skip : it;

describe('an ordinary user', () => {
  const processes = new ChorusProcesses();

  asNobody(
    `starts in a directory of its own${typeof user === 'string' ? ` (skipped: ${user})` : ''}`,
    async () => {
      if (typeof user === 'string') return;
      const dataDir = await processes.dataDir();
      await mkdir(dataDir, { mode: 0o700 });
      await chown(dataDir, user.uid, user.gid);
      await chown(dirname(dataDir), user.uid, user.gid);
      const env = { CHORUS_DATA_DIR: dataDir };
      const first = processes.start({ env, user });
      const url = await first.url();
      const credentials = await credentialsIn(dataDir);
      await demoToken(url, credentials);
      expect((await stat(`/proc/${await postmasterOf(dataDir)}`)).uid).toBe(user.uid);
      expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
      expect(await first.stop()).toBe(0);

      const again = processes.start({ env, user });
      expect(await demoToken(await again.url(), credentials)).toEqual(expect.any(String));
      expect(await again.stop()).toBe(0);
    },
  );

  asNobody("is told in a sentence that the directory is somebody else's", async () => {
    if (typeof user === 'string') return;
    const dataDir = await processes.dataDir();
    await mkdir(dataDir, { mode: 0o700 });
    await chown(dirname(dataDir), user.uid, user.gid);
    const refused = processes.start({ env: { CHORUS_DATA_DIR: dataDir }, user });
    expect(await refused.exited).toBe(1);
    expect(refused.stderr).toMatch(
      /^The data directory .* cannot be used \(EACCES.*\): make it writable for this user, or set CHORUS_DATA_DIR to another directory\.\n$/,
    );
  });
});
