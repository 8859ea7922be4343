import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsInt } from 'class-validator';

const MOST = 1000;

/** The id of what was made. */
export class IdView {
  /** @example 1 */
  @ApiProperty({ type: 'integer' })
  id!: number;
}

export class RemoveFeedbackBody {
  /** Feedback ids in an array; those that are not there are ignored. @example [1, 2] */
  @ApiProperty({ type: [Number] })
  @IsInt({ each: true })
  @ArrayMaxSize(MOST)
  @IsArray()
  feedbackIds!: number[];
}

export class RemoveIssuesBody {
  /** Issue ids in an array; those that are not there are ignored. @example [1, 2, 3] */
  @ApiProperty({ type: [Number] })
  @IsInt({ each: true })
  @ArrayMaxSize(MOST)
  @IsArray()
  issueIds!: number[];
}

/** A feedback and the issue that it was linked to or taken from. */
export class LinkView {
  /** @example 1 */
  @ApiProperty({ type: 'integer' })
  issueId!: number;

  /** @example 1 */
  @ApiProperty({ type: 'integer' })
  feedbackId!: number;
}
