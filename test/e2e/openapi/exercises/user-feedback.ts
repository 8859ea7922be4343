import { V1_EXAMPLES, V2_EXAMPLES } from '#apps/api/src/dialects/user-feedback/search-examples.js';
import { pngFile } from '#test/support/files.js';
import { UserFeedbackClient } from '#test/support/user-feedback.js';
import type { Exercise } from './exercise.js';

export const userFeedback: Exercise = async ({ app, api }) => {
  const client = (await UserFeedbackClient.make(app)).at(api);
  const { feedbacks, project } = client;
  const channel = feedbacks.replace('/feedbacks', '');
  const call = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
    client.call(method, path, body, headers);

  const key = { 'Idempotency-Key': 'one' };
  const { body } = await call('POST', feedbacks, { message: 'x', issueNames: ['issue name 1'] }, key);
  const id = body['id'] as number;
  await call('POST', feedbacks, { message: 'y' }, key);
  await call('POST', feedbacks, { bogus: 1 });
  await call('POST', feedbacks, {}, { 'x-api-key': 'wrong' });
  await call('POST', feedbacks, {}, { 'Content-Type': 'text/plain' });
  await call('POST', feedbacks, JSON.stringify({ message: 'x'.repeat(1_100_000) }));
  await call('POST', `${project}x/channels/1/feedbacks`);
  await call('POST', `${project}0/channels/1/feedbacks`);
  await call('GET', `${feedbacks}?issueName=issue%20name%201`);
  await call('GET', feedbacks);
  for (const { value } of Object.values(V1_EXAMPLES)) await call('POST', `${feedbacks}/search`, value);
  for (const { value } of Object.values(V2_EXAMPLES)) await call('POST', client.searchV2, value);
  await call('POST', `${feedbacks}/search`, { query: { bogus: 1 } });
  await call('GET', `${feedbacks}/${id}`);
  await call('GET', `${feedbacks}/999999`);
  await call('PUT', `${feedbacks}/${id}`, { message: 'z' });

  const { body: issue } = await call('POST', `${project}/issues`, { name: 'second' });
  const issueId = issue['id'] as number;
  await call('POST', `${project}/issues`, { name: 'second' });
  await call('POST', `${project}/issues`, {});
  for (const word of ['issue', 'issues']) {
    await call('POST', `${feedbacks}/${id}/${word}/${issueId}`);
    await call('DELETE', `${feedbacks}/${id}/${word}/${issueId}`);
  }
  await call('POST', `${feedbacks}/${id}/issue/999999`);
  await call('PUT', `${project}/issues/${issueId}`, { name: 'third' });
  await call('POST', `${project}/issues/search`, {});

  const { body: category } = await call('POST', `${project}/categories`, { name: 'category1' });
  const categoryId = category['id'] as number;
  await call('PUT', `${project}/categories/${categoryId}`, { name: 'category2' });
  await call('GET', `${project}/categories`);
  await call('PUT', `${project}/issues/${issueId}/category/${categoryId}`);
  await call('GET', `${project}/issues/${issueId}`);
  await call('DELETE', `${project}/issues/${issueId}/category/${categoryId}`);
  await call('DELETE', `${project}/categories/${categoryId}`);
  await call('DELETE', `${project}/categories/${categoryId}`);
  await call('DELETE', `${project}/issues/${issueId}`);
  await call('DELETE', `${project}/issues`, { issueIds: [1, 2, 3] });

  await call('GET', project);
  await call('GET', `${channel}/fields`);
  const form = new FormData();
  form.append('screenshots', new Blob([new Uint8Array(pngFile())], { type: 'image/png' }), 'a.png');
  await call('POST', `${channel}/feedbacks-with-images`, form);
  await call('POST', `${channel}/feedbacks-with-images`, {});
  await call('GET', `${channel}/image-upload-url`);
  const link = await client.call<string>('GET', `${channel}/image-upload-url?extension=png`);
  const path = link.body.slice(app.url.length);
  await api.fetch(path, { method: 'PUT', body: new Uint8Array(pngFile()) });
  await api.fetch(`${path}x`, { method: 'PUT', body: new Uint8Array(pngFile()) });
  await api.fetch(path.split('?')[0]!);
  await api.fetch('/files/1/x');
  await call('DELETE', feedbacks, { feedbackIds: [id] });
};
