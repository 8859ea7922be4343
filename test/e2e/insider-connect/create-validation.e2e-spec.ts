import { createFeedback, envelope, EXAMPLE, tokenOf } from '#test/support/insider-connect.js';
import { testApp } from '#test/support/test-app.js';

const EMAIL_REQUIRED = 'Submitted By Email is required.';
const EMAIL_INVALID = 'Submitted By Email is not a valid email address.';
const CONSENT_REQUIRED = 'Contact Consent is required.';
const CONSENT_BOOLEAN = 'Contact Consent must be a boolean.';
const DESCRIPTION_STRING = 'Description must be a string.';
const DESCRIPTION_LONG = 'Description cannot exceed 1000 characters.';
const SENTIMENT_BOOLEAN = 'Sentiment Rating must be a boolean.';

describe('POST /api/client/feedbacks', () => {
  const app = testApp();
  let token: string;
  beforeAll(async () => {
    token = await tokenOf(app, await app.seed.client());
  });
  const rows = async () => (await app.query('select 1 from feedback')).length;

  const expectErrors = async (body: unknown, errors: string[]) => {
    const before = await rows();
    const response = await createFeedback(app, token, body);
    expect(await envelope(response)).toEqual({
      isSuccess: false,
      data: null,
      errors,
      requestId: response.headers.get('x-request-id'),
    });
    expect(response.status).toBe(400);
    expect(response.headers.get('location')).toBeNull();
    expect(await rows()).toBe(before);
  };

  const refused: [string, unknown, string][] = [
    ['submittedByEmail', undefined, EMAIL_REQUIRED],
    ['submittedByEmail', null, EMAIL_REQUIRED],
    ['submittedByEmail', '', EMAIL_REQUIRED],
    ['submittedByEmail', ' \t ', EMAIL_REQUIRED],
    ['submittedByEmail', 'nobody', EMAIL_INVALID],
    ['submittedByEmail', 1, EMAIL_INVALID],
    ['submittedByEmail', true, EMAIL_INVALID],
    ['submittedByEmail', ['user@example.com'], EMAIL_INVALID],
    ['submittedByEmail', { address: 'user@example.com' }, EMAIL_INVALID],
    ['contactConsent', undefined, CONSENT_REQUIRED],
    ['contactConsent', null, CONSENT_REQUIRED],
    ...['true', 'false', 0, 1, '', 'yes', [], [true], {}].map((value): [string, unknown, string] => [
      'contactConsent',
      value,
      CONSENT_BOOLEAN,
    ]),
    ...[0, true, ['text'], {}].map((value): [string, unknown, string] => [
      'description',
      value,
      DESCRIPTION_STRING,
    ]),
    ['description', 'x'.repeat(1001), DESCRIPTION_LONG],
    ...['true', '', 0, 1, -1, 1e20, [], {}].map((value): [string, unknown, string] => [
      'sentimentRating',
      value,
      SENTIMENT_BOOLEAN,
    ]),
  ];
  it.each(refused)('400 for %s: %j, which answers %j', async (member, value, sentence) => {
    await expectErrors({ ...EXAMPLE, [member]: value }, [sentence]);
  });

  describe('400 names every broken rule, by the order of the members and not of the body', () => {
    it.each([
      [{}, [EMAIL_REQUIRED, CONSENT_REQUIRED]],
      [
        { sentimentRating: 'good', description: 5, contactConsent: 'yes', submittedByEmail: 'x' },
        [EMAIL_INVALID, CONSENT_BOOLEAN, DESCRIPTION_STRING, SENTIMENT_BOOLEAN],
      ],
      [
        { sentimentRating: 1, description: 'x'.repeat(1001) },
        [EMAIL_REQUIRED, CONSENT_REQUIRED, DESCRIPTION_LONG, SENTIMENT_BOOLEAN],
      ],
    ])('%.80j', async (body, errors) => {
      await expectErrors(body, errors);
    });

    it('and takes a request without a body for one without members', async () => {
      const response = await app.fetch('/api/client/feedbacks', {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}` },
      });
      expect(response.status).toBe(400);
      expect((await envelope(response)).errors).toEqual([EMAIL_REQUIRED, CONSENT_REQUIRED]);
    });
  });

  describe('a description counts code points:', () => {
    const astral = '\u{1f600}';
    it.each([
      ['1000 letters', 'x'.repeat(1000)],
      ['1000 emoji', astral.repeat(1000)],
      ['1000 of both', 'x' + astral.repeat(998) + '\u00fc'],
      ['what has meaning elsewhere', `'"\\ \t\r\n\u0001<script>{{7*7}}\${7}%00\u202e`],
      ['blanks, which are not trimmed', '  x  '],
    ])('%s are taken as they are', async (_what, description) => {
      const response = await createFeedback(app, token, { ...EXAMPLE, description });
      expect(response.status).toBe(201);
      const { data } = await envelope<number>(response);
      const stored = await app.query('select fields from feedback where id = $1', [data]);
      expect(stored).toEqual([{ fields: { description } }]);
    });

    it.each([
      ['1001 emoji', astral.repeat(1001)],
      ['1000 emoji and a letter', `${astral.repeat(1000)}x`],
    ])('%s are too many', async (_what, description) => {
      await expectErrors({ ...EXAMPLE, description }, [DESCRIPTION_LONG]);
    });
  });
});
