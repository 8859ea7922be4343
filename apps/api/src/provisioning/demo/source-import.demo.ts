import { Injectable } from '@nestjs/common';
import type { DemoCredentials } from '../credentials-file.js';
import { ProvisioningService } from '../provisioning.service.js';
import { SourceProvisioning } from '../source-provisioning.js';
import { type DemoContext, DemoSection } from './demo-section.js';

@Injectable()
export class SourceImportDemo extends DemoSection {
  constructor(
    private readonly provisioning: ProvisioningService,
    private readonly sources: SourceProvisioning,
  ) {
    super();
  }

  async create({ system, projectId }: DemoContext): Promise<Pick<DemoCredentials, 'sourceImport'>> {
    const source = await this.sources.source(system, { title: 'Demo source', projectId });
    const { value } = await this.provisioning.apiKey(system, {
      dialect: 'source-import',
      name: 'Demo importer',
    });
    return {
      sourceImport: { sourceId: source.id, apiKey: value, projectId, channelId: source.channelId },
    };
  }
}
