import { Injectable } from '@nestjs/common';
import { ContentSetsService } from '#libs/content-sets/content-sets.service.js';
import type { Schema } from '#libs/content-sets/schemas/schema.js';
import type { DemoCredentials } from '../credentials-file.js';
import { ProvisioningService } from '../provisioning.service.js';
import { type DemoContext, DemoSection } from './demo-section.js';

/** The schemas, each with a name for its set; pickers show their values in this order. */
const SETS: readonly { readonly schema: Schema; readonly name: string; readonly config?: object }[] = [
  { schema: 'pulse', name: 'Claps' },
  { schema: 'yes-no', name: 'Was this helpful?' },
  {
    schema: 'reaction',
    name: 'Reactions',
    config: { items: ['+1', '-1', 'laugh', 'confused', 'heart', 'hooray', 'rocket', 'eyes'] },
  },
  { schema: 'rating', name: 'Stars', config: { min: 1, max: 5 } },
  { schema: 'message', name: 'Messages' },
  { schema: 'tagged-message', name: 'Feedback', config: { tags: ['idea', 'error', 'other'] } },
];

@Injectable()
export class FeelbackDemo extends DemoSection {
  constructor(
    private readonly provisioning: ProvisioningService,
    private readonly sets: ContentSetsService,
  ) {
    super();
  }

  async create({ system, projectId }: DemoContext): Promise<Pick<DemoCredentials, 'feelback'>> {
    const contentSets: Record<string, string> = {};
    for (const { schema, name, config } of SETS) {
      const set = await this.sets.create(system, {
        projectId,
        key: schema,
        name,
        schema,
        config,
        publicAggregates: true,
      });
      contentSets[schema] = set.id;
    }
    const [ownerKey, viewerKey] = [await this.key(system, 'owner'), await this.key(system, 'viewer')];
    return { feelback: { projectId: String(projectId), ownerKey, viewerKey, contentSets } };
  }

  private async key(system: DemoContext['system'], level: 'owner' | 'viewer'): Promise<string> {
    const { value } = await this.provisioning.apiKey(system, {
      dialect: 'feelback',
      name: `Demo ${level}`,
      level,
    });
    return value;
  }
}
