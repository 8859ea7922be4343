import { Controller, Get, HttpCode, Param, Put, Query, Req, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Public } from '#apps/api/src/http/access/allow.decorator.js';
import { Accepts } from '#apps/api/src/http/body/accepts.decorator.js';
import { showFile } from '#apps/api/src/http/uploads/send-file.js';
import { ApiPublicFailures } from '../api-failures.decorator.js';
import { SignatureParameters } from '../dto/images.dto.js';
import { IMAGE_TYPES } from './image-extensions.js';
import { PublicFiles } from './public-files.js';

const PROJECT = { name: 'projectId', description: 'As in the link.' };
const NAME = {
  name: 'name',
  description: 'As in the link: an id and an extension.',
  example: '0197b1c2-7a44-7d31-8a52-9a1c5e7d2f10.png',
};

/** Images by their links. Who has a link needs no key: a link cannot be guessed, and to put a file it must be signed. */
@ApiTags('Image')
@Controller('files/:projectId/:name')
export class FilesController {
  constructor(private readonly files: PublicFiles) {}

  @Get()
  @Public()
  @ApiOperation({ summary: 'Show an image' })
  @ApiParam(PROJECT)
  @ApiParam(NAME)
  @ApiProduces(...IMAGE_TYPES)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @ApiPublicFailures()
  async get(
    @Param('projectId') projectId: string,
    @Param('name') name: string,
    @Res() response: Response,
  ): Promise<void> {
    await showFile(response, await this.files.open(`/files/${projectId}/${name}`));
  }

  @Put()
  @HttpCode(200)
  @Public()
  @Accepts('stream')
  @ApiOperation({
    summary: 'Put an image',
    description: 'Where a presigned URL leads to, when files are kept on the disk of the server.',
  })
  @ApiParam(PROJECT)
  @ApiParam(NAME)
  @ApiConsumes(...IMAGE_TYPES)
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiOkResponse({ description: 'Done. The body is empty.' })
  @ApiPublicFailures(409, 413, 415)
  put(
    @Param('projectId') projectId: string,
    @Param('name') name: string,
    @Query() signature: SignatureParameters,
    @Req() request: Request,
  ): Promise<void> {
    return this.files.put(`/files/${projectId}/${name}`, signature, request);
  }
}
