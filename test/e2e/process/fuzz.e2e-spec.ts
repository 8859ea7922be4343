import { ChorusProcesses } from '#test/support/chorus-process.js';

describe('requests of any shape', () => {
  const processes = new ChorusProcesses();

  it('get no 5xx, an id each, and errors in the shape of their dialect', async () => {
    // `node test/fuzz/fuzz.mjs` runs for longer, and with other seeds.
    const run = ['test/fuzz/fuzz.mjs', '--seconds', '10', '--seed', '20261122'];
    const fuzz = processes.start({ run });
    const code = await fuzz.exited;
    expect(fuzz.stdout + fuzz.stderr).toMatch(/requests \d{3,}, statuses \{.*\}, 5xx 0, failures 0\n$/);
    expect(code).toBe(0);
  }, 60_000);
});
