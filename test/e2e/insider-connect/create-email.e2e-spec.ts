import { createFeedback, envelope, EXAMPLE, tokenOf } from '#test/support/insider-connect.js';
import { testApp } from '#test/support/test-app.js';

const LABEL = 'd'.repeat(60);
/** 189 characters. */
const DOMAIN = `${LABEL}.${LABEL}.${LABEL}.example.com`.slice(-189);

describe('submittedByEmail', () => {
  const app = testApp();
  let token: string;
  beforeAll(async () => {
    token = await tokenOf(app, await app.seed.client());
  });
  const send = (submittedByEmail: string) => createFeedback(app, token, { ...EXAMPLE, submittedByEmail });

  const taken: [string, string, string, string][] = [
    ['plain', 'user@example.com', 'user@example.com', 'user@example.com'],
    ['in blanks', '  user@example.com\t', 'user@example.com', 'user@example.com'],
    ['with capitals', 'John.Doe@EXAMPLE.Com', 'John.Doe@example.com', 'john.doe@example.com'],
    ['with a tag', 'user+tag@example.com', 'user+tag@example.com', 'user+tag@example.com'],
    ['with a foreign domain', 'u@B\u00dcCHER.example', 'u@b\u00fccher.example', 'u@xn--bcher-kva.example'],
    [
      'with 64 characters before the @',
      `${'a'.repeat(64)}@example.com`,
      `${'a'.repeat(64)}@example.com`,
      `${'a'.repeat(64)}@example.com`,
    ],
    [
      'of 254 characters',
      `${'a'.repeat(64)}@${DOMAIN}`,
      `${'a'.repeat(64)}@${DOMAIN}`,
      `${'a'.repeat(64)}@${DOMAIN}`,
    ],
  ];
  it.each(taken)(
    '%s is kept as given, but for the domain, and normalised beside',
    async (_what, given, shown, normal) => {
      expect(given.trim().length).toBeLessThanOrEqual(254);
      const response = await send(given);
      expect(response.status).toBe(201);
      const { data } = await envelope<number>(response);
      expect(
        await app.query('select author_email, author_email_normalized from feedback where id = $1', [data]),
      ).toEqual([{ author_email: shown, author_email_normalized: normal }]);
    },
  );

  it.each([
    ['without an @', 'example.com'],
    ['without a name', '@example.com'],
    ['without a domain', 'user@'],
    ['with two @', 'a@b@example.com'],
    ['with a display name', 'User <user@example.com>'],
    ['in angle brackets', '<user@example.com>'],
    ['with a scheme', 'mailto:user@example.com,b@example.com'],
    ['two of them', 'a@example.com,b@example.com'],
    ['with a blank', 'us er@example.com'],
    ['with a line feed', 'user@exam\nple.com'],
    ['with a header behind a line break', 'user@example.com\r\nBcc: x@example.com'],
    ['with a header in a quoted name', '"user\r\nBcc: x"@example.com'],
    ['with a line feed in a quoted name', '"a\nb"@example.com'],
    ['with a control character in a quoted name', '"a\u0001b"@example.com'],
    ['with a dot at the end of the name', 'user.@example.com'],
    ['with two dots', 'user@example..com'],
    ['with a domain that starts with a hyphen', 'user@-example.com'],
    ['with 65 characters before the @', `${'a'.repeat(65)}@example.com`],
    ['of 255 characters', `${'a'.repeat(64)}@d${DOMAIN}`],
    [
      'that grows beyond 254 in lower case',
      `${'a'.repeat(64)}@${'\u0130'.repeat(60)}.${'\u0130'.repeat(60)}.com`,
    ],
    ['with a label of 64 characters', `user@${'d'.repeat(64)}.com`],
  ])('%s is refused', async (_what, given) => {
    const response = await send(given);
    expect((await envelope(response)).errors).toEqual(['Submitted By Email is not a valid email address.']);
    expect(response.status).toBe(400);
  });

  it('with NUL is refused', async () => {
    const response = await send('us\0er@example.com');
    expect(response.status).toBe(400);
    expect((await envelope(response)).isSuccess).toBe(false);
  });

  it('is never logged, and neither is the token', async () => {
    const before = app.log.entries.length;
    await send('secret.person@example.com');
    await send('secret.person@@example.com');
    await app.fetch(`/api/client/feedbacks?access_token=${token}`);
    const lines = JSON.stringify(app.log.entries.slice(before));
    expect(app.log.entries.length).toBeGreaterThan(before);
    expect(lines).not.toContain('secret.person');
    expect(lines).not.toContain(token.slice(-40));
  });
});
