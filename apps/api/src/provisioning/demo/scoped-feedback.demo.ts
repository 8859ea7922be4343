import { Injectable } from '@nestjs/common';
import type { SystemPrincipal } from '#libs/accounts/principal.js';
import { UsersService } from '#libs/accounts/users.service.js';
import { ServerSecretsService } from '#libs/auth/servers/server-secrets.service.js';
import { ScopedInboxes } from '#libs/feedback/inbox/scoped-inboxes.service.js';
import { randomSecret } from '#libs/platform/crypto/secrets.js';
import { Permission } from '#libs/scopes/permission.js';
import { AssignmentsService } from '#libs/scopes/roles/assignments.service.js';
import { RolesService } from '#libs/scopes/roles/roles.service.js';
import type { Scope } from '#libs/scopes/scope.js';
import { TargetsService } from '#libs/scopes/targets/targets.service.js';
import { INBOX_PLAN } from '#apps/api/src/dialects/scoped-feedback/inbox-plan.js';
import type { DemoCredentials, DemoUser } from '../credentials-file.js';
import { type DemoContext, DemoSection } from './demo-section.js';

/** Each may do what the ones before may, too. */
const PEOPLE = [
  { key: 'reader', name: 'Demo Reader', permissions: [Permission.FeedbackRead] },
  {
    key: 'writer',
    name: 'Demo Writer',
    permissions: [Permission.FeedbackRead, Permission.FeedbackWrite],
  },
  {
    key: 'editor',
    name: 'Demo Editor',
    permissions: [Permission.FeedbackRead, Permission.FeedbackWrite, Permission.FeedbackEdit],
  },
] as const;

/** The scoped inbox, a server in a network, and three people with roles in the server's scope alone. */
@Injectable()
export class ScopedFeedbackDemo extends DemoSection {
  constructor(
    private readonly inboxes: ScopedInboxes,
    private readonly targets: TargetsService,
    private readonly secrets: ServerSecretsService,
    private readonly users: UsersService,
    private readonly roles: RolesService,
    private readonly assignments: AssignmentsService,
  ) {
    super();
  }

  async create({ system }: DemoContext): Promise<Pick<DemoCredentials, 'scopedFeedback'>> {
    const { projectId, channelId } = await this.inboxes.ensure(system.accountId, INBOX_PLAN);
    const network = await this.targets.create(system, { type: 'network', name: 'Demo network' });
    const server = await this.targets.create(system, {
      type: 'server',
      name: 'Demo server',
      networkId: network.id,
    });
    const { value: secret } = await this.secrets.rotate(system, server.id);
    const users: Partial<Record<(typeof PEOPLE)[number]['key'], DemoUser>> = {};
    for (const { key, name, permissions } of PEOPLE) {
      users[key] = await this.person(system, key, name, permissions, { type: 'server', id: server.scopeId });
    }
    return {
      scopedFeedback: {
        projectId,
        channelId,
        server: { id: server.scopeId, secret },
        network: { id: network.scopeId },
        users: users as Required<typeof users>,
      },
    };
  }

  private async person(
    system: SystemPrincipal,
    key: string,
    name: string,
    permissions: readonly Permission[],
    scope: Scope,
  ): Promise<DemoUser> {
    const email = `${key}@demo.example`;
    const password = randomSecret('demo');
    const user = await this.users.create(system, system.accountId, { email, password, name, role: 'member' });
    const role = await this.roles.create(system, { name: `Server ${key}`, scope, permissions });
    await this.assignments.assign(system, user.id, role.id);
    return { id: user.id, email, password };
  }
}
