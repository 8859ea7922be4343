import { Body, Controller, Get, HttpCode, Param, Patch, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { UserPrincipal } from '#libs/accounts/principal.js';
import { FieldsService } from '#libs/channels/fields.service.js';
import { Permission } from '#libs/scopes/permission.js';
import { Allow } from '#apps/api/src/http/access/allow.decorator.js';
import { Caller } from '#apps/api/src/http/access/caller.decorator.js';
import { IdParam } from '#apps/api/src/http/validation/id-param.decorator.js';
import { UuidPipe } from '#apps/api/src/http/validation/uuid.pipe.js';
import { ApiProblems } from '../api-problems.decorator.js';
import { toFieldView, toNewField } from './channel.mapper.js';
import { CreateFieldBody, FieldList, FieldView, OrderFieldsBody, UpdateFieldBody } from './field.dto.js';

@ApiTags('Fields')
@Controller('api/admin/projects/:projectId/channels/:channelId/fields')
export class FieldsController {
  constructor(private readonly fields: FieldsService) {}

  @Get()
  @Allow(Permission.ProjectsRead)
  @ApiOperation({
    summary: 'List the fields of a channel',
    description: 'Without those that every channel has: id, createdAt, updatedAt and issues.',
  })
  @ApiOkResponse({ type: FieldList })
  @ApiProblems(403, 404)
  async list(
    @Caller() caller: UserPrincipal,
    @IdParam('projectId') projectId: number,
    @IdParam('channelId') channelId: number,
  ): Promise<FieldList> {
    return { items: (await this.fields.list(caller, { projectId, channelId })).map(toFieldView) };
  }

  @Post()
  @Allow(Permission.ProjectsManage)
  @ApiOperation({
    summary: 'Add a field',
    description: 'It comes behind the others. A field is never deleted: make it inactive instead.',
  })
  @ApiCreatedResponse({ type: FieldView })
  @ApiProblems(403, 404, 409, 413, 415)
  async create(
    @Caller() caller: UserPrincipal,
    @IdParam('projectId') projectId: number,
    @IdParam('channelId') channelId: number,
    @Body() body: CreateFieldBody,
  ): Promise<FieldView> {
    return toFieldView(await this.fields.create(caller, { projectId, channelId }, toNewField(body)));
  }

  @Put('order')
  @HttpCode(200)
  @Allow(Permission.ProjectsManage)
  @ApiOperation({ summary: 'Order the fields' })
  @ApiOkResponse({ type: FieldList })
  @ApiProblems(403, 404, 409, 413, 415)
  async order(
    @Caller() caller: UserPrincipal,
    @IdParam('projectId') projectId: number,
    @IdParam('channelId') channelId: number,
    @Body() { fieldIds }: OrderFieldsBody,
  ): Promise<FieldList> {
    return { items: (await this.fields.order(caller, { projectId, channelId }, fieldIds)).map(toFieldView) };
  }

  @Patch(':fieldId')
  @Allow(Permission.ProjectsManage)
  @ApiOperation({ summary: 'Change a field', description: 'Its key and its format stay as they are.' })
  @ApiOkResponse({ type: FieldView })
  @ApiProblems(403, 404, 409, 413, 415)
  async update(
    @Caller() caller: UserPrincipal,
    @IdParam('projectId') projectId: number,
    @IdParam('channelId') channelId: number,
    @Param('fieldId', UuidPipe) fieldId: string,
    @Body() body: UpdateFieldBody,
  ): Promise<FieldView> {
    return toFieldView(await this.fields.update(caller, { projectId, channelId }, fieldId, body));
  }
}
