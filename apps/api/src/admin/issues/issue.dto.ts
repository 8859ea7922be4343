import { ApiProperty, PartialType } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, IsString, Max, Min, MinLength } from 'class-validator';
import { ISSUE_STATUSES, type IssueStatus } from '#libs/issues/issue-status.js';
import { PageQuery } from '#apps/api/src/http/paging/page-query.dto.js';
import { MaxLength } from '#apps/api/src/http/validation/max-length.js';
import { QueryId } from '#apps/api/src/http/validation/query-id.decorator.js';

export class CreateIssueBody {
  /** 1 to 30 characters, unique in the project; blanks around it are not kept. @example "payment issue" */
  @MaxLength(30)
  @MinLength(1)
  @IsString()
  name!: string;

  /** @example "This is a payment issue" */
  @MaxLength(50)
  @IsString()
  @IsOptional()
  description?: string | null;

  /** Left out, the first one. @example "INIT" */
  @ApiProperty({ enum: ISSUE_STATUSES })
  @IsIn(ISSUE_STATUSES)
  @IsOptional()
  status?: IssueStatus;

  /** Its name in the team's own issue tracker. @example "123" */
  @MaxLength(255)
  @IsString()
  @IsOptional()
  externalIssueId?: string | null;

  /** null: in no category. @example 1 */
  @Max(Number.MAX_SAFE_INTEGER)
  @Min(1)
  @IsInt()
  @IsOptional()
  @ApiProperty({ type: 'integer' })
  categoryId?: number | null;
}

/** What is left out stays. */
export class UpdateIssueBody extends PartialType(CreateIssueBody) {
  /** Any may follow any other. @example "RESOLVED" */
  @ApiProperty({ enum: ISSUE_STATUSES })
  @IsIn(ISSUE_STATUSES)
  @IsOptional()
  override status?: IssueStatus;
}

export class IssueListQuery extends PageQuery {
  /** In any case, a part of the name, the description or the external id; or the issue's id. @example "payment" */
  @MaxLength(100)
  @IsString()
  @IsOptional()
  search?: string;

  /** Only issues in this state. */
  @ApiProperty({ enum: ISSUE_STATUSES })
  @IsIn(ISSUE_STATUSES)
  @IsOptional()
  status?: IssueStatus;

  /** Only issues of this category. */
  @QueryId()
  @IsOptional()
  categoryId?: number;
}

export class IssueCategory {
  /** @example 1 */
  @ApiProperty({ type: 'integer' })
  id!: number;

  /** @example "Billing" */
  name!: string;
}

export class IssueView {
  /** @example 1 */
  @ApiProperty({ type: 'integer' })
  id!: number;

  /** @example 1 */
  @ApiProperty({ type: 'integer' })
  projectId!: number;

  /** @example "payment issue" */
  name!: string;

  /** @example "This is a payment issue" */
  description!: string | null;

  /** @example "IN_PROGRESS" */
  @ApiProperty({ enum: ISSUE_STATUSES })
  status!: IssueStatus;

  /** @example "123" */
  externalIssueId!: string | null;

  @ApiProperty({ example: { id: 1, name: 'Billing' } })
  category!: IssueCategory | null;

  /** Feedback that is linked to it. @example 100 */
  @ApiProperty({ type: 'integer' })
  feedbackCount!: number;

  /** @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  /** Moves with every change, of what is linked to it as well. @example "2026-11-22T10:00:00.000Z" */
  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class IssuePage {
  items!: IssueView[];

  /** @example null */
  nextCursor!: string | null;
}
