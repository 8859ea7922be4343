import type { IssueStatus } from './issue-status.js';

/** From the first moment on, up to and without the second. */
export interface TimeRange {
  readonly from?: Date | undefined;
  readonly before?: Date | undefined;
}

/** Members of an issue that can be asked for by a part of their text, in any case. */
export type IssueText = 'name' | 'description' | 'status' | 'externalIssueId' | 'feedbackCount';

export const ISSUE_ORDERS = [
  'id',
  'name',
  'description',
  'status',
  'externalIssueId',
  'feedbackCount',
  'createdAt',
  'updatedAt',
] as const;

export type IssueOrder = (typeof ISSUE_ORDERS)[number];

/** Which issues are meant: those to which everything that is given applies. */
export interface IssueFilter {
  /**
   * In any case, a part of the name, the description or the name in the team's tracker; or the id, when the text starts
   * with it.
   */
  readonly searchText?: string | undefined;
  readonly id?: number | undefined;
  readonly statuses?: readonly string[] | undefined;
  /** Null: those without one. */
  readonly categoryId?: number | null | undefined;
  readonly contains?: Readonly<Partial<Record<IssueText, string>>> | undefined;
  readonly createdAt?: TimeRange | undefined;
  readonly updatedAt?: TimeRange | undefined;
}

/** Issues in an order: left out, and between equals, newest first; what has no value comes last. */
export interface IssueQuery extends IssueFilter {
  readonly sort?: readonly { readonly by: IssueOrder; readonly direction: 'asc' | 'desc' }[] | undefined;
}

/** What a new issue is made from. */
export interface NewIssue {
  readonly name: string;
  readonly description?: string | null | undefined;
  /** Left out: the first one. */
  readonly status?: IssueStatus | undefined;
  readonly externalIssueId?: string | null | undefined;
  readonly categoryId?: number | null | undefined;
}

/** What of an issue changes; what is left out stays. */
export type IssueChange = Partial<NewIssue>;
