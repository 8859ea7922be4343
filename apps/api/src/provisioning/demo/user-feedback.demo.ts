import { Injectable } from '@nestjs/common';
import { ChannelsService } from '#libs/channels/channels.service.js';
import type { NewField } from '#libs/channels/new-field.js';
import { NAME as USER_FEEDBACK } from '#apps/api/src/dialects/user-feedback/user-feedback.name.js';
import type { DemoCredentials } from '../credentials-file.js';
import { ProvisioningService } from '../provisioning.service.js';
import { type DemoContext, DemoSection } from './demo-section.js';

/** One field of each format, and one that nobody may change. */
export const DEMO_FIELDS: readonly NewField[] = [
  { key: 'message', name: 'Message', format: 'text', editable: true },
  { key: 'email', name: 'E-mail', format: 'keyword', editable: true, personal: true },
  { key: 'rating', name: 'Rating', format: 'number', editable: true },
  {
    key: 'os',
    name: 'Operating system',
    format: 'select',
    editable: true,
    options: [
      { key: 'ios', name: 'iOS' },
      { key: 'android', name: 'Android' },
      { key: 'web', name: 'Web' },
    ],
  },
  {
    key: 'tags',
    name: 'Tags',
    format: 'multiSelect',
    editable: true,
    options: [
      { key: 'ui', name: 'User interface' },
      { key: 'speed', name: 'Speed' },
      { key: 'crash', name: 'Crash' },
    ],
  },
  { key: 'visitedAt', name: 'Visited', format: 'date', editable: true },
  { key: 'screenshots', name: 'Screenshots', format: 'images', editable: true },
  { key: 'internalNote', name: 'Internal note', format: 'text', editable: false },
];

@Injectable()
export class UserFeedbackDemo extends DemoSection {
  constructor(
    private readonly channels: ChannelsService,
    private readonly provisioning: ProvisioningService,
  ) {
    super();
  }

  async create({ system, projectId }: DemoContext): Promise<Pick<DemoCredentials, 'userFeedback'>> {
    const channel = await this.channels.create(system, projectId, {
      name: 'Demo feedback',
      dialect: USER_FEEDBACK,
      fields: DEMO_FIELDS,
    });
    const { value } = await this.provisioning.apiKey(system, {
      dialect: USER_FEEDBACK,
      name: 'Demo key',
      projectId,
    });
    return { userFeedback: { projectId, channelId: channel.id, apiKey: value } };
  }
}
