import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsObject, IsOptional, IsString, MinLength, ValidateIf } from 'class-validator';
import { EXTERNAL_ISSUE_ID_MAX, ISSUE_DESCRIPTION_MAX, ISSUE_NAME_MAX } from '#libs/issues/issue-name.js';
import { ISSUE_STATUSES, type IssueStatus } from '#libs/issues/issue-status.js';
import { MaxLength } from '#apps/api/src/http/validation/max-length.js';
import { ISSUE_QUERY, SORT } from '../query-schemas.js';
import { PageBody, PageMeta } from './paging.dto.js';

const trimmed = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' ? value.trim() : value,
);
/** Left out is fine, null is not. */
const whenGiven = ValidateIf((_, value) => value !== undefined);

/** What of an issue a client writes. On update, what is left out stays as it is. */
export class IssueBody {
  /** Issue name, unique in the project. @example "payment issue" */
  @ApiProperty({ minLength: 1, maxLength: ISSUE_NAME_MAX })
  @MaxLength(ISSUE_NAME_MAX)
  @MinLength(1)
  @IsString()
  @trimmed
  name!: string;

  /** Issue status; of a new issue `INIT` when it is left out. @example "IN_PROGRESS" */
  @ApiProperty({ enum: ISSUE_STATUSES })
  @IsIn(ISSUE_STATUSES, {
    message: `status must be one of the following values: ${ISSUE_STATUSES.join(', ')}`,
  })
  @whenGiven
  status?: IssueStatus;

  /** Issue description. @example "This is a payment issue" */
  @ApiProperty({ maxLength: ISSUE_DESCRIPTION_MAX })
  @MaxLength(ISSUE_DESCRIPTION_MAX)
  @IsString()
  @IsOptional()
  description?: string | null;

  /** The issue's name in the team's own issue tracker. @example "123" */
  @ApiProperty({ maxLength: EXTERNAL_ISSUE_ID_MAX })
  @MaxLength(EXTERNAL_ISSUE_ID_MAX)
  @IsString()
  @IsOptional()
  externalIssueId?: string | null;
}

export class SearchIssuesBody extends PageBody {
  /** You can query by key-value with this object; everything in it must apply. */
  @ApiProperty(ISSUE_QUERY)
  @IsObject()
  @IsOptional()
  query?: Record<string, unknown>;

  /** You can sort by a member of the issues, with 'ASC' or 'DESC'. */
  @ApiProperty(SORT)
  @IsObject()
  @IsOptional()
  sort?: Record<string, unknown>;
}

export class CategoryOfIssue {
  /** @example 1 */
  @ApiProperty({ type: 'integer' })
  id!: number;

  /** @example "billing" */
  name!: string;
}

export class IssueView {
  /** @example 1 */
  @ApiProperty({ type: 'integer' })
  id!: number;

  /** @example "payment issue" */
  name!: string;

  /** @example "This is a payment issue" */
  description!: string | null;

  /** @example "IN_PROGRESS" */
  @ApiProperty({ enum: ISSUE_STATUSES })
  status!: IssueStatus;

  /** @example "123" */
  externalIssueId!: string | null;

  /** Null: the issue is not sorted under any. */
  category!: CategoryOfIssue | null;

  /** Feedback that is linked to it. @example 100 */
  @ApiProperty({ type: 'integer' })
  feedbackCount!: number;

  /** @example "2023-01-01T00:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  /** @example "2023-01-01T00:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class IssuePage {
  meta!: PageMeta;
  items!: IssueView[];
}
