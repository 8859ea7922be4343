import { Injectable } from '@nestjs/common';
import { CLIENT_PERMISSIONS } from '#libs/auth/oauth-clients/oauth-clients.service.js';
import type { DemoCredentials } from '../credentials-file.js';
import { ProvisioningService } from '../provisioning.service.js';
import { type DemoContext, DemoSection } from './demo-section.js';

@Injectable()
export class InsiderConnectDemo extends DemoSection {
  constructor(private readonly provisioning: ProvisioningService) {
    super();
  }

  async create({ system, projectId }: DemoContext): Promise<Pick<DemoCredentials, 'insiderConnect'>> {
    const { client, issued } = await this.provisioning.oauthClient(system, {
      name: 'Demo client',
      projectId,
      permissions: CLIENT_PERMISSIONS,
    });
    return {
      insiderConnect: {
        clientId: client.id,
        clientSecret: issued.value,
        projectId,
        channelId: client.channelId,
      },
    };
  }
}
