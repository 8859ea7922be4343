import { FirstStore1763800000000 } from './1763800000000-first-store.js';
import { JobQueue1763800000001 } from './1763800000001-job-queue.js';
import { ApiKeys1763800000002 } from './1763800000002-api-keys.js';
import { ChannelSchema1763800000003 } from './1763800000003-channel-schema.js';
import { IssuesAndCategories1763800000004 } from './1763800000004-issues-and-categories.js';
import { ContentSetsAndFeelbacks1763800000005 } from './1763800000005-content-sets-and-feelbacks.js';
import { Imports1763800000006 } from './1763800000006-imports.js';
import { Scopes1763800000007 } from './1763800000007-scopes.js';
import { FeedbackWorkflow1763800000008 } from './1763800000008-feedback-workflow.js';
import { FeedbackCounts1763800000009 } from './1763800000009-feedback-counts.js';
import { InboxIndexes1763800000010 } from './1763800000010-inbox-indexes.js';
import { FeelbackMirrors1763800000011 } from './1763800000011-feelback-mirrors.js';
import { IssueCounts1763800000012 } from './1763800000012-issue-counts.js';
import { ImportBlocks1763800000013 } from './1763800000013-import-blocks.js';
import { InboxIndexColumns1763800000014 } from './1763800000014-inbox-index-columns.js';

/** Every migration, oldest first. One that is on main is frozen: a change is a new migration. */
export const migrations = [
  FirstStore1763800000000,
  JobQueue1763800000001,
  ApiKeys1763800000002,
  ChannelSchema1763800000003,
  IssuesAndCategories1763800000004,
  ContentSetsAndFeelbacks1763800000005,
  Imports1763800000006,
  Scopes1763800000007,
  FeedbackWorkflow1763800000008,
  FeedbackCounts1763800000009,
  InboxIndexes1763800000010,
  FeelbackMirrors1763800000011,
  IssueCounts1763800000012,
  ImportBlocks1763800000013,
  InboxIndexColumns1763800000014,
];
