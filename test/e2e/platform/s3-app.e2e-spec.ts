import { readdir } from 'node:fs/promises';
import { attach, createFeedback, envelope, tokenOf } from '#test/support/insider-connect.js';
import { pdfFile } from '#test/support/files.js';
import { type S3Server, startS3 } from '#test/support/s3-server.js';
import { testApp } from '#test/support/test-app.js';

describe('the API with its files in S3 (s3rver, an S3 server process from npm)', () => {
  let s3: S3Server;
  beforeAll(async () => {
    s3 = await startS3();
  });
  const app = testApp(() => s3.settings);
  afterAll(() => s3.stop());

  const objects = async () =>
    (await readdir(s3.directory, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());

  it('takes a file of 4 194 304 bytes and gives the same bytes back', async () => {
    const token = await tokenOf(app, await app.seed.client());
    const { data: id } = await envelope<number>(await createFeedback(app, token));
    const content = pdfFile(4_194_304);
    const answer = await attach(app, token, id, [{ name: 'a.pdf', type: 'application/pdf', content }]);
    expect(answer.status).toBe(200);
    const { data: attachmentId } = await envelope<number>(answer);
    const file = await app.fetch(`/api/client/feedbacks/${id}/attachments/${attachmentId}`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    expect(file.status).toBe(200);
    expect(Buffer.from(await file.arrayBuffer()).equals(content)).toBe(true);
  });

  it('leaves nothing in the bucket of a request that is refused', async () => {
    const token = await tokenOf(app, await app.seed.client());
    const { data: id } = await envelope<number>(await createFeedback(app, token));
    const before = (await objects()).length;
    const answer = await attach(app, token, id, [
      { name: 'a.pdf', type: 'application/pdf', content: pdfFile(1_000) },
      { name: 'b.pdf', type: 'application/pdf', content: pdfFile(4_194_305) },
    ]);
    expect(answer.status).toBe(400);
    expect(await objects()).toHaveLength(before);
  });

  it('answers 503 in the envelope when the store is away, and keeps nothing', async () => {
    const client = await app.seed.client();
    const token = await tokenOf(app, client);
    const { data: id } = await envelope<number>(await createFeedback(app, token));
    await s3.stop();
    const answer = await attach(app, token, id, [
      { name: 'a.pdf', type: 'application/pdf', content: pdfFile(1_000) },
    ]);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).not.toBeNull();
    expect(await envelope(answer)).toMatchObject({ isSuccess: false, data: null });
    const [row] = await app.query<{ count: number }>(
      'select count(*) as count from attachment where project_id = $1',
      [client.projectId],
    );
    expect(row!.count).toBe(0);
    s3 = await startS3();
  });
});
