import { Injectable } from '@nestjs/common';
import type { User } from '#libs/accounts/user.entity.js';
import type { Feedback } from '#libs/feedback/feedback.entity.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { Permission } from '#libs/scopes/permission.js';
import type { Scope, ScopeType } from '#libs/scopes/scope.js';
import { ScopedPermissions } from '#libs/scopes/scoped-permissions.js';
import type { ScopedCaller } from './scoped-caller.js';

/**
 * Decides who may do what with the feedback of a scope; nothing else in this API does. A scope that the caller names
 * is refused with 403, a feedback that the caller may not read with 404: whether it exists is not theirs to know.
 */
@Injectable()
export class ScopedAccess {
  constructor(private readonly permissions: ScopedPermissions) {}

  /**
   * Whether the caller may create in a scope, in the name of `authorId`.
   * @returns the id of the reporter
   * @throws DomainError forbidden; invalid when a server names no author
   */
  async reporter(by: ScopedCaller, scope: Scope, authorId: string | null): Promise<string> {
    await this.require(by, Permission.FeedbackWrite, scope);
    if (by.kind === 'server') {
      if (authorId === null) throw noAuthor();
      return authorId;
    }
    if (authorId === null || authorId === by.id) return by.id;
    if (!(await this.permissions.allows(by, Permission.FeedbackEdit, scope))) {
      throw new DomainError(
        'forbidden',
        'author',
        'Creating feedback in the name of somebody else takes feedback:edit in this scope.',
        { reason: Permission.FeedbackEdit },
      );
    }
    return authorId;
  }

  /** @throws DomainError forbidden */
  async list(by: ScopedCaller, scope: Scope): Promise<void> {
    this.people(by);
    await this.require(by, Permission.FeedbackRead, scope);
  }

  /** Servers create, and do nothing else. @throws DomainError forbidden */
  people(by: ScopedCaller): void {
    if (by.kind === 'user') return;
    throw new DomainError('forbidden', 'caller', 'A server may create feedback, and nothing else.');
  }

  /** Readers of the scope, and whoever reported it. @throws DomainError not_found */
  async read(by: ScopedCaller, feedback: Feedback): Promise<void> {
    if (feedback.authorId === by.id) return;
    if (!(await this.permissions.allows(by, Permission.FeedbackRead, scopeOf(feedback)))) throw notFound();
  }

  /** Readers of the scope alone. @throws DomainError not_found, forbidden (the reporter) */
  async history(by: ScopedCaller, feedback: Feedback): Promise<void> {
    await this.read(by, feedback);
    await this.require(by, Permission.FeedbackRead, scopeOf(feedback));
  }

  /** Who may read it and edit in its scope. @throws DomainError not_found, forbidden */
  async edit(by: ScopedCaller, feedback: Feedback): Promise<void> {
    await this.read(by, feedback);
    await this.require(by, Permission.FeedbackEdit, scopeOf(feedback));
  }

  /** Whether feedback of a scope may be given to a user of the account to handle: who cannot read it cannot. */
  takes({ accountId, id }: User, feedback: Feedback): Promise<boolean> {
    return this.permissions.allowsUser(accountId, id, Permission.FeedbackRead, scopeOf(feedback));
  }

  private async require(by: ScopedCaller, permission: Permission, scope: Scope): Promise<void> {
    if (await this.permissions.allows(by, permission, scope)) return;
    throw new DomainError('forbidden', 'permission', `This takes ${permission} in this scope.`, {
      reason: permission,
    });
  }
}

function scopeOf({ scopeType, scopeId }: Feedback): Scope {
  return { type: scopeType as ScopeType, id: scopeId };
}

/** As if it were not there. */
function notFound(): DomainError {
  return new DomainError('not_found', 'feedback', 'Feedback not found.');
}

function noAuthor(): DomainError {
  const message = 'A server must say who the author is.';
  return new DomainError('invalid', 'author', message, { violations: [{ field: 'authorId', message }] });
}
