import { Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { KeyPrincipal } from '#libs/accounts/principal.js';
import { Permission } from '#libs/scopes/permission.js';
import { Allow } from '#apps/api/src/http/access/allow.decorator.js';
import { Caller } from '#apps/api/src/http/access/caller.decorator.js';
import { Accepts } from '#apps/api/src/http/body/accepts.decorator.js';
import { unwrap } from '#apps/api/src/http/idempotency/unwrap.js';
import { ApiFailures, ApiIdempotent } from '../api-failures.decorator.js';
import { IdView } from '../dto/ids.dto.js';
import { UploadLinkParameters } from '../dto/images.dto.js';
import { PathId } from '../path-id.pipe.js';
import { FEEDBACK_FORM } from '../query-schemas.js';
import { ImageUpload } from './image-upload.js';

@ApiTags('Image')
@Controller('api/projects/:projectId/channels/:channelId')
export class ImagesController {
  constructor(private readonly images: ImageUpload) {}

  @Post('feedbacks-with-images')
  @Allow(Permission.FeedbackWrite)
  @Accepts('stream')
  @ApiOperation({
    summary: 'Create feedback with image files',
    description:
      'Create feedback with data and image files by multi-part. If you want to create feedback with issues, you can ' +
      "add 'issueNames' in the request data: repeated parts, or one that holds a JSON array.",
  })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: FEEDBACK_FORM })
  @ApiCreatedResponse({ type: IdView })
  @ApiIdempotent()
  async create(
    @Caller() caller: KeyPrincipal,
    @Param('projectId', PathId) projectId: number,
    @Param('channelId', PathId) channelId: number,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<IdView> {
    const ref = { projectId, channelId };
    return { id: unwrap(response, await this.images.create(caller, ref, request, response)) };
  }

  @Get('image-upload-url')
  @Allow(Permission.FeedbackWrite)
  @ApiOperation({
    summary: 'Get a presigned URL for an image',
    description:
      'Generates a presigned URL for image upload to a specific channel within a project. PUT the file there within ' +
      'the hour (at most 1 MiB); without its query, the URL is what an images field takes. A file that no feedback ' +
      'refers to is removed after a day.',
  })
  @ApiOkResponse({
    schema: {
      type: 'string',
      example:
        'http://127.0.0.1:3000/files/1/0197b1c2-7a44-7d31-8a52-9a1c5e7d2f10.png?expires=1893456000&signature=...',
    },
  })
  @ApiFailures(409)
  async link(
    @Caller() caller: KeyPrincipal,
    @Param('projectId', PathId) projectId: number,
    @Param('channelId', PathId) channelId: number,
    @Query() { extension }: UploadLinkParameters,
    @Res() response: Response,
  ): Promise<void> {
    // Nest would send a text bare, and the reference promises JSON.
    response.json(await this.images.link(caller, { projectId, channelId }, extension));
  }
}
