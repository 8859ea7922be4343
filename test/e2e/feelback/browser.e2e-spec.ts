import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { describeInBrowser, launchChromium } from '#test/support/chromium.js';
import { seedFeelback, type SeededFeelback } from '#test/support/feelback.js';
import { testApp } from '#test/support/test-app.js';
import { until } from '#test/support/until.js';

describeInBrowser(
  "the published client on somebody else's page",
  'voting by @feelback/js across origins, with preflights',
  () => {
    const app = testApp({ RATE_LIMIT_ANONYMOUS: 0 });
    let world: SeededFeelback;
    let browser: Browser;
    let site: Server;
    let origin: string;
    let contentSetId: string;

    beforeAll(async () => {
      const library = await readFile(fileURLToPath(import.meta.resolve('@feelback/js/browser')));
      site = createServer((request, response) => {
        const script = request.url!.endsWith('.js');
        response.setHeader('Content-Type', script ? 'text/javascript' : 'text/html; charset=utf-8');
        response.end(script ? library : pageOf(request.url!));
      });
      await new Promise<void>((listening) => site.listen(0, '127.0.0.1', listening));
      origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
      [world, browser] = [await seedFeelback(app), await launchChromium()];
      contentSetId = await world.set('yes-no');
    }, 60_000);

    afterAll(async () => {
      await browser?.close();
      await new Promise((closed) => site?.close(closed));
    });

    /** A page with two thumbs and their counts; its content is the page's own address, as widgets have it. */
    function pageOf(url: string): string {
      const config = JSON.stringify({ contentSetId, showCount: true });
      return url.startsWith('/favicon')
        ? ''
        : `<!doctype html><title>Blog</title>
          <div data-feelback='${config}'>
            <button data-feelback-value="+1">Up <i data-feelback-count="+1" data-feelback-count-index="0"></i></button>
            <button data-feelback-value="-1">Down <i data-feelback-count="-1" data-feelback-count-index="1"></i></button>
          </div>
          <script type="module">
            import { setupFeelback } from '/feelback.js';
            setupFeelback({ endpoint: '${app.url}/v0' });
          </script>`;
    }

    async function open(path: string): Promise<{ page: Page; complaints: string[] }> {
      const page = await (await browser.newContext()).newPage();
      page.setDefaultTimeout(10_000);
      const complaints: string[] = [];
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(origin + path, { waitUntil: 'networkidle' });
      return { page, complaints };
    }

    async function expectCounts(page: Page, counts: string[]): Promise<void> {
      let shown: string[] = [];
      await until(async () => {
        shown = await page.locator('[data-feelback-count]').allTextContents();
        return shown.join() === counts.join();
      }, 5_000).catch(() => expect(shown).toEqual(counts));
    }

    /** At once: after a click the widget takes no other one for a second. */
    async function press(page: Page, value: string): Promise<void> {
      const answered = page.waitForResponse((response) => response.request().method() === 'POST');
      await page.locator(`[data-feelback-value="${value}"]`).dispatchEvent('click');
      expect((await answered).status()).toBe(200);
    }

    it('votes, changes its mind, takes back, and finds its counts after a reload', async () => {
      const { page, complaints } = await open('/article?id=1&tag=a+b&list[]=x');
      await expectCounts(page, ['0', '0']);
      await press(page, '+1');
      await expectCounts(page, ['1', '0']);
      await press(page, '-1');
      await expectCounts(page, ['0', '1']);
      await page.reload({ waitUntil: 'networkidle' });
      await expectCounts(page, ['0', '1']);
      await until(async () => (await page.locator('[data-feelback-value="-1"].active').count()) === 1);
      await press(page, '-1');
      await expectCounts(page, ['0', '0']);
      await page.reload({ waitUntil: 'networkidle' });
      await expectCounts(page, ['0', '0']);
      await press(page, '+1');
      await expectCounts(page, ['1', '0']);
      const content = { contentSetId, key: `${origin}/article?id=1&tag=a+b&list[]=x` };
      expect(await world.anybody.result('feelbacks/getAggregates', content)).toEqual([1, 0]);
      expect(complaints).toEqual([]);
      expect(methods()).toEqual(expect.arrayContaining(['GET', 'OPTIONS', 'POST']));
    });

    it('sees the votes of other readers', async () => {
      const [one, other] = [await open('/shared'), await open('/shared')];
      await press(one.page, '+1');
      await press(other.page, '+1');
      await one.page.reload({ waitUntil: 'networkidle' });
      await expectCounts(one.page, ['2', '0']);
    });

    it('can read a failure, key and all, as any page may', async () => {
      const { page } = await open('/reader');
      const answer = await page.evaluate(
        async ([url, key]) => {
          const call = (path: string, headers: Record<string, string>) =>
            fetch(url + path, {
              method: 'POST',
              headers: { 'content-type': 'application/json', ...headers },
              body: '[]',
            });
          const list = await call('/v0/projects/list', { Authorization: `API-KEY ${key}` });
          const refused = await call('/v0/projects/list', { api_key: 'nobody' });
          const missing = await fetch(`${url}/v0/projects/nothing`);
          return [list.status, refused.status, ((await missing.json()) as { error: string }).error];
        },
        [app.url, world.viewer.key!] as const,
      );
      expect(answer).toEqual([200, 401, 'not-found']);
    });

    /** The methods of the calls that the app has seen. */
    function methods(): unknown[] {
      return app.log.entries.map(({ fields }) => fields?.['method']);
    }
  },
);
