import { ApiProperty } from '@nestjs/swagger';
import { IsObject, IsOptional, IsString } from 'class-validator';
import { ISSUE_STATUSES, type IssueStatus } from '#libs/issues/issue-status.js';
import { FOUND_FEEDBACK, QUERIES_V2, QUERY_V1, SORT } from '../query-schemas.js';
import { PageBody, PageMeta, PageParameters } from './paging.dto.js';

export class FindFeedbackParameters extends PageParameters {
  /** Keyword to search feedbacks. @example "payment" */
  @IsString()
  @IsOptional()
  searchText?: string;

  /** Field key to search feedbacks. @example "message" */
  @IsString()
  @IsOptional()
  fieldKey?: string;

  /** Issue name to search related feedbacks within channel. @example "issue name 1" */
  @IsString()
  @IsOptional()
  issueName?: string;
}

export class SearchFeedbackBody extends PageBody {
  /** You can query by key-value with this object; everything in it must apply. */
  @ApiProperty(QUERY_V1)
  @IsObject()
  @IsOptional()
  query?: Record<string, unknown>;

  /** You can sort by specific feedback key with sort method values: 'ASC', 'DESC' */
  @ApiProperty(SORT)
  @IsObject()
  @IsOptional()
  sort?: Record<string, unknown>;
}

export class SearchFeedbackV2Body extends PageBody {
  /** You can query by key-value with this object. Queries are concatenated with 'AND' or 'OR' operator. */
  @ApiProperty(QUERIES_V2)
  @IsOptional()
  queries?: unknown;

  /** This condition always applies regardless of the conditions of the queries. */
  @ApiProperty(QUERIES_V2)
  @IsOptional()
  defaultQueries?: unknown;

  /** You can concatenate queries with 'AND' or 'OR' operators. @example "AND" */
  @ApiProperty({ type: 'string', enum: ['AND', 'OR'], default: 'AND' })
  @IsOptional()
  operator?: unknown;

  /** You can sort by specific feedback key with sort method values: 'ASC', 'DESC' */
  @ApiProperty(SORT)
  @IsObject()
  @IsOptional()
  sort?: Record<string, unknown>;
}

/** An issue as feedback shows it. */
export class IssueOfFeedback {
  /** @example 1 */
  @ApiProperty({ type: 'integer' })
  id!: number;

  /** @example "2023-01-01T00:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  /** @example "2023-01-01T00:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;

  /** Always null: what is removed is gone. */
  @ApiProperty({ type: 'null' })
  deletedAt!: null;

  /** @example "issue" */
  name!: string;

  /** @example "This is a payment issue" */
  description!: string | null;

  /** @example "INIT" */
  @ApiProperty({ enum: ISSUE_STATUSES })
  status!: IssueStatus;

  /** @example "123" */
  externalIssueId!: string | null;

  /** @example 12 */
  @ApiProperty({ type: 'integer' })
  feedbackCount!: number;
}

export class FeedbackPage {
  meta!: PageMeta;

  @ApiProperty({ type: 'array', items: FOUND_FEEDBACK })
  items!: Record<string, unknown>[];
}
