import { Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { KeyPrincipal } from '#libs/accounts/principal.js';
import { ImportsService } from '#libs/import/imports.service.js';
import { Permission } from '#libs/scopes/permission.js';
import { Allow } from '#apps/api/src/http/access/allow.decorator.js';
import { Caller } from '#apps/api/src/http/access/caller.decorator.js';
import { Accepts } from '#apps/api/src/http/body/accepts.decorator.js';
import { unwrap } from '#apps/api/src/http/idempotency/unwrap.js';
import { UuidPipe } from '#apps/api/src/http/validation/uuid.pipe.js';
import { ApiFailures } from './api-failures.decorator.js';
import { ImportBody, ImportStarted, ImportView } from './dto/import.dto.js';
import { ImportQuery } from './dto/import-query.dto.js';
import { STARTED, toView } from './import.mapper.js';
import { ImportStreams } from './import-streams.js';
import { ImportIntake } from './intake/import-intake.js';

@ApiTags('Import')
@Controller('api/v1/source/import')
export class ImportsController {
  constructor(
    private readonly intake: ImportIntake,
    private readonly imports: ImportsService,
    private readonly streams: ImportStreams,
  ) {}

  @Post()
  @HttpCode(200)
  @Allow(Permission.ImportsWrite)
  @Accepts('stream')
  @ApiOperation({
    summary: 'Import data',
    description:
      'Answers once all rows are stored safely; they become feedback in the background. One bad row refuses all. ' +
      'Sending the same rows again adds nothing; identical rows inside one request are all kept. ' +
      'As `application/x-ndjson` (extension) the body is one row a line, and `source_id` goes into the query. ' +
      '`X-Import-Id` and `Location` of the answer lead to the progress.',
  })
  @ApiConsumes('application/json', 'application/x-ndjson')
  @ApiBody({ type: ImportBody })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Makes a retry safe for 24 hours.' })
  @ApiOkResponse({
    type: ImportStarted,
    headers: {
      'X-Import-Id': { description: 'The id of the import.', schema: { type: 'string', format: 'uuid' } },
      Location: { description: 'Where its progress is.', schema: { type: 'string' } },
    },
  })
  @ApiFailures(409, 413, 415, 422)
  async create(
    @Caller() caller: KeyPrincipal,
    @Query() query: ImportQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ImportStarted> {
    const id = unwrap(response, await this.intake.receive(caller, query, request));
    response.setHeader('X-Import-Id', id);
    response.setHeader('Location', `/api/v1/source/import/${id}`);
    return STARTED;
  }

  @Get(':id')
  @Allow(Permission.ImportsRead)
  @ApiOperation({ summary: 'Get the progress of an import (extension)' })
  @ApiOkResponse({ type: ImportView })
  @ApiFailures()
  async get(@Caller() caller: KeyPrincipal, @Param('id', UuidPipe) id: string): Promise<ImportView> {
    return toView(await this.imports.get(caller, id));
  }

  @Get(':id/events')
  @Allow(Permission.ImportsRead)
  @ApiOperation({
    summary: 'Watch an import (extension)',
    description:
      'Server-sent events named `progress`, each with the whole progress as its data, until the import is finished.',
  })
  @ApiOkResponse({ content: { 'text/event-stream': { schema: { type: 'string' } } } })
  @ApiFailures()
  async watch(
    @Caller() caller: KeyPrincipal,
    @Param('id', UuidPipe) id: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.streams.progress(caller, id, request, response);
  }

  @Get(':id/errors')
  @Allow(Permission.ImportsRead)
  @ApiOperation({
    summary: 'List the rows of an import that were left out (extension)',
    description: 'A JSON object a line, in the order of the rows; the first 10,000 errors are kept.',
  })
  @ApiOkResponse({
    content: { 'application/x-ndjson': { schema: { $ref: getSchemaPath('ImportErrorView') } } },
  })
  @ApiFailures()
  async errors(
    @Caller() caller: KeyPrincipal,
    @Param('id', UuidPipe) id: string,
    @Res() response: Response,
  ): Promise<void> {
    await this.streams.errors(caller, id, response);
  }
}
