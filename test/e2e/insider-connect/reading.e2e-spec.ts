import { attach, createFeedback, envelope, EXAMPLE, tokenOf } from '#test/support/insider-connect.js';
import { pdfFile } from '#test/support/files.js';
import type { SeededClient } from '#test/support/seed.js';
import { testApp } from '#test/support/test-app.js';

interface View {
  readonly id: number;
  readonly [member: string]: unknown;
}
interface Page {
  readonly items: View[];
  readonly nextCursor: string | null;
}

describe('GET /api/client/feedbacks', () => {
  const app = testApp();
  let client: SeededClient;
  let token: string;
  beforeEach(async () => {
    client = await app.seed.client();
    token = await tokenOf(app, client);
  });

  const get = (path: string, as = token) =>
    app.fetch(`/api/client/feedbacks${path}`, { headers: { Authorization: `Bearer ${as}` } });
  const create = async (body: object = {}, as = token) =>
    (await envelope<number>(await createFeedback(app, as, { ...EXAMPLE, ...body }))).data;
  const page = async (query: string) => {
    const response = await get(query);
    expect(response.status).toBe(200);
    return (await envelope<Page>(response)).data;
  };
  const expectFailure = async (
    response: Response,
    status: number,
    sentence: unknown = expect.any(String),
  ) => {
    expect(await envelope(response)).toEqual({
      isSuccess: false,
      data: null,
      errors: [sentence],
      requestId: response.headers.get('x-request-id'),
    });
    expect(response.status).toBe(status);
  };

  describe('/{id}', () => {
    it('200 answers what was sent, in the envelope, and nothing else', async () => {
      const id = await create();
      const { data: attachment } = await envelope<number>(
        await attach(app, token, id, [{ name: 'a.pdf', type: 'application/pdf', content: pdfFile(500) }]),
      );
      const response = await get(`/${id}`);
      expect(response.status).toBe(200);
      const body = await envelope<View>(response);
      expect(body).toEqual({
        isSuccess: true,
        data: {
          id,
          description: EXAMPLE.description,
          submittedByEmail: 'user@example.com',
          sentimentRating: true,
          contactConsent: true,
          createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
          attachments: [
            {
              id: attachment,
              name: 'a.pdf',
              contentType: 'application/pdf',
              size: 500,
              url: `/api/client/feedbacks/${id}/attachments/${attachment}`,
            },
          ],
        },
        errors: null,
        requestId: response.headers.get('x-request-id'),
      });
      expect(Math.abs(Date.parse(String(body.data['createdAt'])) - Date.now())).toBeLessThan(60_000);
    });

    it.each([
      [{ sentimentRating: false }, { sentimentRating: false }],
      [{ sentimentRating: null }, { sentimentRating: null }],
      [{ sentimentRating: undefined }, { sentimentRating: null }],
      [{ contactConsent: false }, { contactConsent: false }],
      [{ description: '' }, { description: null }],
      [{ description: undefined }, { description: null }],
      [{ submittedByEmail: 'Ann@EXAMPLE.org' }, { submittedByEmail: 'Ann@example.org' }],
    ])('%j comes back as %j', async (sent, shown) => {
      const { data } = await envelope<View>(await get(`/${await create(sent)}`));
      expect(data).toMatchObject(shown);
    });

    it('404 for an id that nobody has', async () => {
      await expectFailure(await get('/999999999'), 404, 'Feedback not found.');
      await expectFailure(await get('/9007199254740991'), 404, 'Feedback not found.');
    });

    it.each([
      '0',
      '-1',
      '1.5',
      '1e3',
      '0x1',
      'abc',
      '%20',
      '+1',
      '9007199254740992',
      '99999999999999999999',
      '1%00',
    ])('400 for the id %s', async (id) => {
      await expectFailure(await get(`/${id}`), 400, 'Feedback Id must be a positive integer.');
    });
  });

  describe('(list)', () => {
    it('answers an empty page where nothing was sent', async () => {
      expect(await page('')).toEqual({ items: [], nextCursor: null });
    });

    it('walks through everything once, newest first, whatever comes in meanwhile', async () => {
      const ids: number[] = [];
      for (let i = 0; i < 7; i++) ids.unshift(await create());
      // Several of one moment, so that a page ends among them.
      await app.query(
        `update feedback set created_at = now() - interval '1 hour' + (id = any ($2))::int * interval '1 second'
         where project_id = $1`,
        [client.projectId, ids.slice(0, 2)],
      );
      const seen: number[] = [];
      let cursor = '';
      do {
        const { items, nextCursor } = await page(`?limit=3${cursor}`);
        expect(items.length).toBeLessThanOrEqual(3);
        seen.push(...items.map(({ id }) => id));
        await create();
        cursor = nextCursor === null ? '' : `&cursor=${encodeURIComponent(nextCursor)}`;
      } while (cursor);
      expect(seen).toEqual(ids);
    });

    it('ends without a cursor when the last page is full', async () => {
      for (let i = 0; i < 4; i++) await create();
      const first = await page('?limit=2');
      const second = await page(`?limit=2&cursor=${first.nextCursor}`);
      expect(second.items).toHaveLength(2);
      expect(second.nextCursor).toBeNull();
    });

    it('shows items as they are shown alone', async () => {
      const id = await create();
      const { data } = await envelope<View>(await get(`/${id}`));
      expect((await page('')).items).toEqual([data]);
    });

    it('holds 50 by default and 200 at most', async () => {
      await app.query(
        `insert into feedback select (jsonb_populate_record(f, jsonb_build_object('id', n + 1000000))).*
         from feedback f, generate_series(1, 210) n where f.id = $1`,
        [await create()],
      );
      expect((await page('')).items).toHaveLength(50);
      expect((await page('?limit=200')).items).toHaveLength(200);
      expect((await page('?limit=1')).items).toHaveLength(1);
    });

    it.each(['0', '201', '-1', '1.5', 'abc', '', '1e2', '0x10', '99999999999', '5&limit=6'])(
      '400 for the limit %s',
      async (limit) => {
        await expectFailure(await get(`?limit=${limit}`), 400, 'limit must be an integer from 1 to 200');
      },
    );

    const forged = (position: unknown) => Buffer.from(JSON.stringify(position)).toString('base64url');
    it.each([
      ['nonsense', 'abc'],
      ['empty', ''],
      ['an object', forged({})],
      ['too short', forged([1])],
      ['texts', forged(['1', '2'])],
      ['fractions', forged([1.5, 2])],
      ['a time that no date holds', forged([Number.MAX_SAFE_INTEGER, 1])],
      ['a time before PostgreSQL\u2019s', forged([-8_640_000_000_000_000, 1])],
      ['longer than 200 characters', forged('x'.repeat(300))],
      ['sent twice', 'a&cursor=b'],
    ])('400 for a cursor that is %s', async (_what, cursor) => {
      await expectFailure(await get(`?cursor=${cursor}`), 400);
    });

    it('ignores parameters that it does not know, and those of prototypes', async () => {
      await create();
      const query = '?offset=5&__proto__=1&__proto__=2&constructor=x&toString=1';
      expect((await page(query)).items).toHaveLength(1);
      await expectFailure(await get(`${query}&limit=0`), 400);
    });
  });

  describe('keeps apart', () => {
    it.each([
      ['two clients of one account in one project', true, true],
      ['two clients of one account in two projects', true, false],
      ['two accounts', false, false],
    ])('%s: what the other one sent is as good as missing', async (_what, sameAccount, sameProject) => {
      const other = await app.seed.client({
        ...(sameAccount && { account: client.account }),
        ...(sameProject && { projectId: client.projectId }),
      });
      const theirs = await tokenOf(app, other);
      const [mine, foreign] = [await create(), await create({}, theirs)];
      expect((await page('')).items.map(({ id }) => id)).toEqual([mine]);
      await expectFailure(await get(`/${foreign}`), 404, 'Feedback not found.');
      await expectFailure(await get(`/${mine}`, theirs), 404, 'Feedback not found.');
      expect((await get(`/${foreign}`, theirs)).status).toBe(200);
    });

    it('lists by cursor, too: another client\u2019s cursor shows nothing of it', async () => {
      const theirs = await tokenOf(app, await app.seed.client({ account: client.account }));
      for (let i = 0; i < 3; i++) await create({}, theirs);
      const { nextCursor } = (await envelope<Page>(await get('?limit=1', theirs))).data;
      expect(nextCursor).not.toBeNull();
      expect((await page(`?cursor=${nextCursor}`)).items).toEqual([]);
    });
  });

  it('is marked as an extension in the OpenAPI document', async () => {
    const document = (await (await app.fetch('/docs/insider-connect.json')).json()) as {
      paths: Record<string, Record<string, { summary: string }>>;
    };
    const reads = Object.values(document.paths).flatMap(({ get }) => (get ? [get.summary] : []));
    expect(reads.filter((summary) => /feedback|file/.test(summary))).toHaveLength(3);
    for (const summary of reads.filter((one) => /feedback|file/.test(one)))
      expect(summary).toContain('(extension)');
  });

  it('is open to feedback.read and to nothing less', async () => {
    const id = await create();
    const reader = await tokenOf(app, client, 'feedback.read');
    const writer = await tokenOf(app, client, 'feedback.write');
    for (const path of ['', `/${id}`]) {
      expect((await get(path, reader)).status).toBe(200);
      expect((await get(path, writer)).status).toBe(403);
    }
  });
});
