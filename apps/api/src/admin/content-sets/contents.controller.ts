import { Body, Controller, Get, Param, Patch } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { UserPrincipal } from '#libs/accounts/principal.js';
import { ContentsService } from '#libs/content-sets/contents.service.js';
import { Permission } from '#libs/scopes/permission.js';
import { Allow } from '#apps/api/src/http/access/allow.decorator.js';
import { Caller } from '#apps/api/src/http/access/caller.decorator.js';
import { UuidPipe } from '#apps/api/src/http/validation/uuid.pipe.js';
import { ApiProblems } from '../api-problems.decorator.js';
import { toContentView } from './content-set.mapper.js';
import { ContentView, UpdateContentBody } from './content.dto.js';

@ApiTags('Content sets')
@Controller('api/admin/contents')
export class ContentsController {
  constructor(private readonly contents: ContentsService) {}

  @Get(':id')
  @Allow(Permission.ContentRead)
  @ApiOperation({ summary: 'Get a content' })
  @ApiOkResponse({ type: ContentView })
  @ApiProblems(403, 404)
  async get(@Caller() caller: UserPrincipal, @Param('id', UuidPipe) id: string): Promise<ContentView> {
    return toContentView(await this.contents.get(caller, id));
  }

  @Patch(':id')
  @Allow(Permission.ContentManage)
  @ApiOperation({ summary: 'Change, pause, archive or restore a content' })
  @ApiOkResponse({ type: ContentView })
  @ApiProblems(403, 404, 409, 413, 415)
  async update(
    @Caller() caller: UserPrincipal,
    @Param('id', UuidPipe) id: string,
    @Body() body: UpdateContentBody,
  ): Promise<ContentView> {
    return toContentView(await this.contents.update(caller, id, body));
  }
}
