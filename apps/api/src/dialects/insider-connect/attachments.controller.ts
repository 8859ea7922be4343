import { Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { ClientPrincipal } from '#libs/accounts/principal.js';
import { Permission } from '#libs/scopes/permission.js';
import { Allow } from '#apps/api/src/http/access/allow.decorator.js';
import { Caller } from '#apps/api/src/http/access/caller.decorator.js';
import { Accepts } from '#apps/api/src/http/body/accepts.decorator.js';
import { unwrap } from '#apps/api/src/http/idempotency/unwrap.js';
import { sendFile } from '#apps/api/src/http/uploads/send-file.js';
import { IdParam } from '#apps/api/src/http/validation/id-param.decorator.js';
import { ApiFailures } from './api-failures.decorator.js';
import { AttachmentUpload } from './attachment-upload.js';
import { AttachFilesBody } from './dto/attach-files.dto.js';
import { IdEnvelope } from './dto/envelope.dto.js';
import { success } from './envelope.js';

@ApiTags('Feedbacks')
@Controller('api/client/feedbacks/:feedbackId/attachments')
export class AttachmentsController {
  constructor(private readonly uploads: AttachmentUpload) {}

  @Post()
  @HttpCode(200)
  @Allow(Permission.FeedbackWrite, ['feedback.write'])
  @Accepts('stream')
  @ApiOperation({
    summary: 'Attach files to a feedback',
    description:
      'All files of a request are accepted, or none. `data` is the id of the last attachment that was stored.',
  })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ type: AttachFilesBody })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Makes a retry safe for 24 hours.' })
  @ApiOkResponse({ type: IdEnvelope })
  @ApiFailures(404, 409, 413, 415, 422)
  async create(
    @Caller() caller: ClientPrincipal,
    @IdParam('feedbackId', 'Feedback Id') feedbackId: number,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<IdEnvelope> {
    const ids = unwrap(response, await this.uploads.receive(caller, feedbackId, request, response));
    return success(request, ids.at(-1)!);
  }

  @Get(':attachmentId')
  @Allow(Permission.FeedbackRead, ['feedback.read'])
  @ApiOperation({ summary: 'Download a file (extension)' })
  @ApiProduces('image/jpeg', 'image/png', 'application/pdf')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @ApiFailures(404)
  async get(
    @Caller() caller: ClientPrincipal,
    @IdParam('feedbackId', 'Feedback Id') feedbackId: number,
    @IdParam('attachmentId', 'Attachment Id') attachmentId: number,
    @Res() response: Response,
  ): Promise<void> {
    await sendFile(response, await this.uploads.open(caller, feedbackId, attachmentId));
  }
}
