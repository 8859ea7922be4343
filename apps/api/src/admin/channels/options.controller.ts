import { Body, Controller, Delete, HttpCode, Param, Patch, Post, Put } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { UserPrincipal } from '#libs/accounts/principal.js';
import { OptionsService } from '#libs/channels/options.service.js';
import { Permission } from '#libs/scopes/permission.js';
import { Allow } from '#apps/api/src/http/access/allow.decorator.js';
import { Caller } from '#apps/api/src/http/access/caller.decorator.js';
import { IdParam } from '#apps/api/src/http/validation/id-param.decorator.js';
import { UuidPipe } from '#apps/api/src/http/validation/uuid.pipe.js';
import { ApiProblems } from '../api-problems.decorator.js';
import { toOptionView } from './channel.mapper.js';
import {
  CreateOptionBody,
  OptionList,
  OptionView,
  OrderOptionsBody,
  UpdateOptionBody,
} from './option.dto.js';

@ApiTags('Fields')
@Controller('api/admin/projects/:projectId/channels/:channelId/fields/:fieldId/options')
export class OptionsController {
  constructor(private readonly options: OptionsService) {}

  @Post()
  @Allow(Permission.ProjectsManage)
  @ApiOperation({
    summary: 'Add an option',
    description: 'One that was removed comes back when its key is added again.',
  })
  @ApiCreatedResponse({ type: OptionView })
  @ApiProblems(403, 404, 409, 413, 415)
  async create(
    @Caller() caller: UserPrincipal,
    @IdParam('projectId') projectId: number,
    @IdParam('channelId') channelId: number,
    @Param('fieldId', UuidPipe) fieldId: string,
    @Body() body: CreateOptionBody,
  ): Promise<OptionView> {
    return toOptionView(await this.options.create(caller, { projectId, channelId, fieldId }, body));
  }

  @Put('order')
  @HttpCode(200)
  @Allow(Permission.ProjectsManage)
  @ApiOperation({ summary: 'Order the options of a field' })
  @ApiOkResponse({ type: OptionList })
  @ApiProblems(403, 404, 409, 413, 415)
  async order(
    @Caller() caller: UserPrincipal,
    @IdParam('projectId') projectId: number,
    @IdParam('channelId') channelId: number,
    @Param('fieldId', UuidPipe) fieldId: string,
    @Body() { optionIds }: OrderOptionsBody,
  ): Promise<OptionList> {
    const path = { projectId, channelId, fieldId };
    return { items: (await this.options.order(caller, path, optionIds)).map(toOptionView) };
  }

  @Patch(':optionId')
  @Allow(Permission.ProjectsManage)
  @ApiOperation({ summary: 'Rename an option', description: 'Its key stays as it is.' })
  @ApiOkResponse({ type: OptionView })
  @ApiProblems(403, 404, 409, 413, 415)
  async update(
    @Caller() caller: UserPrincipal,
    @IdParam('projectId') projectId: number,
    @IdParam('channelId') channelId: number,
    @Param('fieldId', UuidPipe) fieldId: string,
    @Param('optionId', UuidPipe) optionId: string,
    @Body() body: UpdateOptionBody,
  ): Promise<OptionView> {
    return toOptionView(await this.options.update(caller, { projectId, channelId, fieldId }, optionId, body));
  }

  @Delete(':optionId')
  @HttpCode(204)
  @Allow(Permission.ProjectsManage)
  @ApiOperation({ summary: 'Remove an option', description: 'Feedback that has it keeps its key.' })
  @ApiNoContentResponse()
  @ApiProblems(403, 404, 409)
  async remove(
    @Caller() caller: UserPrincipal,
    @IdParam('projectId') projectId: number,
    @IdParam('channelId') channelId: number,
    @Param('fieldId', UuidPipe) fieldId: string,
    @Param('optionId', UuidPipe) optionId: string,
  ): Promise<void> {
    await this.options.remove(caller, { projectId, channelId, fieldId }, optionId);
  }
}
