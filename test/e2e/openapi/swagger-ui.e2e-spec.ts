import type { Browser, Page } from 'playwright-core';
import { type BuiltApp, startBuiltApp } from '#test/support/built-app.js';
import { describeInBrowser, launchChromium } from '#test/support/chromium.js';

describeInBrowser('the Swagger UI in a browser', 'authorizing and trying out calls at /docs', suite);

function suite(): void {
  let built: BuiltApp;
  let browser: Browser;
  let page: Page;
  /** What the page complained about: scripts or calls that a policy forbade, errors. */
  const complaints: string[] = [];

  beforeAll(async () => {
    [built, browser] = await Promise.all([startBuiltApp(), launchChromium()]);
    page = await browser.newPage();
    page.setDefaultTimeout(10_000);
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(`${built.url}/docs`);
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await built?.stop();
  });

  it('gets a token by client credentials and creates a feedback', async () => {
    await choose('Insider Connect');
    const { clientId, clientSecret } = built.credentials.insiderConnect;
    await page.click('.auth-wrapper .btn.authorize');
    const dialog = page.locator('.dialog-ux');
    await dialog.locator('#client_id_clientCredentials').fill(clientId);
    await dialog.locator('#client_secret_clientCredentials').fill(clientSecret);
    for (const box of await dialog.locator('.scopes label .item').all()) await box.click();
    await dialog.locator('.auth-btn-wrapper .btn.authorize').click();
    await dialog.getByText('Authorized', { exact: true }).waitFor();
    await dialog.locator('.btn-done').click();
    const { status, body } = await tryOut('operations-Feedbacks-Feedbacks_create');
    expect(status).toBe('201');
    expect(body).toMatch(/"isSuccess": true/);
    expect(complaints).toEqual([]);
  });

  it('signs in, takes the token and lists projects', async () => {
    await choose('Management');
    const signedIn = await tryOut('operations-Auth-Auth_signIn', JSON.stringify(built.credentials.admin));
    expect(signedIn.status).toBe('200');
    const token = /"accessToken": "([^"]+)"/.exec(signedIn.body)![1]!;
    await page.click('.auth-wrapper .btn.authorize');
    const dialog = page.locator('.dialog-ux');
    await dialog.locator('input').fill(token);
    await dialog.locator('.auth-btn-wrapper .btn.authorize').click();
    await dialog.locator('.btn-done').click();
    const { status, body } = await tryOut('operations-Projects-Projects_page');
    expect(status).toBe('200');
    expect(body).toMatch(/"name": "Demo"/);
    expect(complaints).toEqual([]);
  });

  it('takes a key, lists projects by POST and by GET, and gives a feelback', async () => {
    await choose('Feelback');
    const { viewerKey, contentSets } = built.credentials.feelback;
    await page.click('.auth-wrapper .btn.authorize');
    const dialog = page.locator('.dialog-ux');
    await dialog.locator('input').fill(viewerKey);
    await dialog.locator('.auth-btn-wrapper .btn.authorize').click();
    await dialog.locator('.btn-done').click();
    for (const id of ['list', 'listByGet']) {
      const { status, body } = await tryOut(`operations-projects-Projects_${id}`);
      expect([id, status]).toEqual([id, '200']);
      expect(body).toMatch(/"name": "Demo"/);
    }
    const vote = [{ contentSetId: contentSets['reaction'], key: 'docs', value: 'heart' }];
    const given = await tryOut('operations-feelbacks-Feelbacks_create', JSON.stringify(vote));
    expect(given.status).toBe('200');
    expect(given.body).toMatch(/"feelbackId"/);
    expect(complaints).toEqual([]);
  });

  it('offers every document in its selector', async () => {
    const offered = await page.locator('#select option').allTextContents();
    expect(offered.sort()).toEqual([
      'Feelback',
      'Insider Connect',
      'Management',
      'Scoped Feedback',
      'Source Import',
      'User Feedback',
    ]);
  });

  async function choose(title: string): Promise<void> {
    await page.selectOption('#select', { label: title });
    await page.locator('.information-container .title', { hasText: title }).waitFor();
  }

  /** Opens an operation, tries it out with its example or with `body`, and answers what came back. */
  async function tryOut(id: string, body?: string): Promise<{ status: string; body: string }> {
    const operation = page.locator(`#${id}`);
    await operation.locator('.opblock-summary-control').click();
    await operation.locator('.try-out__btn').click();
    if (body !== undefined) await operation.locator('.body-param__text').fill(body);
    await operation.locator('.btn.execute').click();
    const answer = operation.locator('.live-responses-table .response');
    await answer.waitFor();
    return {
      status: (await answer.locator('.response-col_status').innerText()).split('\n')[0]!.trim(),
      body: await answer.locator('.highlight-code code, .highlight-code pre').first().innerText(),
    };
  }
}
