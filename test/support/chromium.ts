import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

/** Where a Chromium is, if there is one. */
const CHROMIUM = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  ...(process.env['PATH'] ?? '').split(delimiter).map((directory) => join(directory, 'chromium')),
].find((path) => path && existsSync(path));

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** A suite that needs a browser; where there is none, it says so instead. @param what what is not tested then */
export function describeInBrowser(name: string, what: string, suite: () => void): void {
  describe(name, () => {
    if (CHROMIUM) suite();
    else it.skip(`SKIPPED: no Chromium here (set CHROMIUM_PATH): ${what}`, () => undefined);
  });
}

export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM!, headless: true, args: ARGUMENTS });
}
