import { Account } from '#libs/accounts/account.entity.js';
import { User } from '#libs/accounts/user.entity.js';
import { Attachment } from '#libs/attachments/attachment.entity.js';
import { StoredFile } from '#libs/attachments/stored-file.entity.js';
import { ApiKey } from '#libs/auth/api-keys/api-key.entity.js';
import { OAuthClientSecret } from '#libs/auth/oauth-clients/oauth-client-secret.entity.js';
import { OAuthClient } from '#libs/auth/oauth-clients/oauth-client.entity.js';
import { ServerSecret } from '#libs/auth/servers/server-secret.entity.js';
import { SigningKey } from '#libs/auth/tokens/signing-key.entity.js';
import { Category } from '#libs/categories/category.entity.js';
import { Channel } from '#libs/channels/channel.entity.js';
import { FieldOption } from '#libs/channels/field-option.entity.js';
import { Field } from '#libs/channels/field.entity.js';
import { ContentSet } from '#libs/content-sets/content-set.entity.js';
import { Content } from '#libs/content-sets/content.entity.js';
import { Event } from '#libs/events/event.entity.js';
import { Feedback } from '#libs/feedback/feedback.entity.js';
import { FeedbackIssue } from '#libs/feedback/issues/feedback-issue.entity.js';
import { Issue } from '#libs/issues/issue.entity.js';
import { Feelback } from '#libs/feelbacks/feelback.entity.js';
import { Rollup } from '#libs/feelbacks/rollup.entity.js';
import { ImportBlock } from '#libs/import/import-block.entity.js';
import { ImportError } from '#libs/import/import-error.entity.js';
import { ImportRow } from '#libs/import/import-row.entity.js';
import { Import } from '#libs/import/import.entity.js';
import { Source } from '#libs/import/source.entity.js';
import { StagedRow } from '#libs/import/staged-row.entity.js';
import { IdempotencyKey } from '#libs/platform/idempotency/idempotency-key.entity.js';
import { Project } from '#libs/projects/project.entity.js';
import { FeedbackCountDelta } from '#libs/statistics/feedback-count-delta.entity.js';
import { FeedbackCount } from '#libs/statistics/feedback-count.entity.js';
import { IssueCountDelta } from '#libs/statistics/issue-count-delta.entity.js';
import { IssueCount } from '#libs/statistics/issue-count.entity.js';
import { ScopedInbox } from '#libs/feedback/inbox/scoped-inbox.entity.js';
import { FeedbackHistory } from '#libs/feedback/workflow/feedback-history.entity.js';
import { PermissionGrant } from '#libs/scopes/grants/permission-grant.entity.js';
import { RoleAssignment } from '#libs/scopes/roles/role-assignment.entity.js';
import { Role } from '#libs/scopes/roles/role.entity.js';
import { ScopeTarget } from '#libs/scopes/targets/scope-target.entity.js';

/** Every table of the store that is ours, for the data source of the application and of the migrations' command line. */
export const entities = [
  Account,
  User,
  SigningKey,
  Project,
  Channel,
  Field,
  FieldOption,
  OAuthClient,
  OAuthClientSecret,
  ApiKey,
  Category,
  Issue,
  Feedback,
  FeedbackIssue,
  Role,
  RoleAssignment,
  PermissionGrant,
  ScopeTarget,
  ServerSecret,
  FeedbackHistory,
  ScopedInbox,
  StoredFile,
  Attachment,
  Event,
  FeedbackCount,
  IssueCount,
  IssueCountDelta,
  FeedbackCountDelta,
  IdempotencyKey,
  ContentSet,
  Content,
  Feelback,
  Rollup,
  Source,
  Import,
  StagedRow,
  ImportBlock,
  ImportRow,
  ImportError,
];
