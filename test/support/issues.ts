import type { SystemPrincipal } from '#libs/accounts/principal.js';
import { ChannelsService } from '#libs/channels/channels.service.js';
import { FeedbackService, type FeedbackToCreate } from '#libs/feedback/feedback.service.js';
import type { Writer } from '#libs/feedback/writer.js';
import type { TestApp } from './test-app.js';

/** A project with one channel, and the house itself as whoever works there. */
export interface Workplace {
  readonly by: SystemPrincipal;
  readonly projectId: number;
  readonly channelId: number;
  readonly writer: Writer;
}

export async function workplace(app: TestApp): Promise<Workplace> {
  const account = await app.seed.account();
  const { id: projectId } = await app.seed.project(account);
  const { id: channelId } = await app.server.app.get(ChannelsService).create(account.system, projectId, {
    name: 'Reviews',
    dialect: 'user-feedback',
    fields: [
      { key: 'message', name: 'Message', format: 'text', editable: true },
      { key: 'note', name: 'Note', format: 'text', editable: true },
      { key: 'rating', name: 'Rating', format: 'number', editable: true },
    ],
  });
  return { by: account.system, projectId, channelId, writer: { ...account.system, projectId, channelId } };
}

/** Creates a feedback through this app (or replica). @returns its id */
export async function say(
  app: TestApp,
  { writer }: Workplace,
  input: Partial<FeedbackToCreate> = {},
): Promise<number> {
  const feedback = { dialect: 'user-feedback', fields: { message: 'Hi' }, texts: ['Hi'], ...input };
  return (await app.server.app.get(FeedbackService).create(writer, feedback)).result;
}

export interface CountedIssue {
  readonly id: number;
  readonly name: string;
  readonly feedbackCount: number;
  readonly updatedAt: Date;
}

/** The issues of a project by name; every count is held against the links. */
export async function countedIssues(
  app: TestApp,
  { projectId }: Workplace,
): Promise<Record<string, CountedIssue>> {
  const rows = await app.query<CountedIssue & { links: number }>(
    `select id, name, feedback_count as "feedbackCount", updated_at as "updatedAt",
       (select count(*) from feedback_issue l where l.project_id = issue.project_id and l.issue_id = issue.id) as links
     from issue where project_id = $1 order by id`,
    [projectId],
  );
  expect(rows.map(({ name, feedbackCount }) => [name, feedbackCount])).toEqual(
    rows.map(({ name, links }) => [name, links]),
  );
  return Object.fromEntries(rows.map(({ links: _links, ...issue }) => [issue.name, issue]));
}
