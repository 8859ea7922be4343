import { Injectable } from '@nestjs/common';
import type { UserPrincipal } from '#libs/accounts/principal.js';
import type { User } from '#libs/accounts/user.entity.js';
import { UsersService } from '#libs/accounts/users.service.js';
import { UsersStore } from '#libs/accounts/users.store.js';
import { ChangeFeed } from '#libs/platform/changes/change-feed.js';
import { FreshCache } from '#libs/platform/changes/fresh-cache.js';
import { PublicUrl } from '#libs/platform/config/public-url.js';
import { PasswordHasher } from '#libs/platform/crypto/password-hasher.js';
import { emailForms } from '#libs/platform/email/normalize-email.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { isUuid } from '#libs/platform/ids/uuid.js';
import { AccessTokens, invalidToken, type TokenKind } from '../tokens/access-tokens.js';
import { FailureThrottle } from './failure-throttle.js';

export interface Session {
  readonly accessToken: string;
  /** Seconds. */
  readonly expiresIn: number;
}

/** A working day. */
const LIFETIME_SECONDS = 8 * 3_600;

/** Users: passwords in, tokens out, and back from a token to who it stands for. */
@Injectable()
export class SignInService {
  private readonly throttle = new FailureThrottle();
  private readonly users: FreshCache<User | null>;

  constructor(
    private readonly store: UsersStore,
    private readonly accounts: UsersService,
    private readonly hasher: PasswordHasher,
    private readonly tokens: AccessTokens,
    private readonly publicUrl: PublicUrl,
    feed: ChangeFeed,
  ) {
    this.users = new FreshCache({
      feed,
      topic: 'user',
      clearOn: ['account'],
      load: (id) => this.store.findForSignIn({ id }),
    });
  }

  /**
   * @param address of the caller, for the throttle
   * @throws DomainError unauthenticated (the same for an unknown user and a wrong password), limited
   */
  async signIn(email: string, password: string, address: string): Promise<Session> {
    const { normalized } = emailForms(email);
    await this.throttle.check(address, normalized);
    const user = await this.store.findForSignIn({ emailNormalized: normalized });
    if (!(await this.hasher.verify(password, user?.passwordHash)) || !user) {
      await this.throttle.failed(address, normalized);
      throw new DomainError('unauthenticated', 'user', 'The e-mail address or the password is wrong.', {
        reason: 'invalid_credentials',
      });
    }
    await this.throttle.succeeded(address, normalized);
    const accessToken = await this.tokens.issue(this.kind(), user.id, LIFETIME_SECONDS, {
      // Second precision of `iat` cannot tell a password change within the same second.
      pwd: user.passwordChangedAt.getTime(),
    });
    return { accessToken, expiresIn: LIFETIME_SECONDS };
  }

  /**
   * Changes the caller's own password, which ends every session.
   * @throws DomainError forbidden when the current one is wrong, limited
   */
  async changePassword(by: UserPrincipal, current: string, next: string, address: string): Promise<void> {
    await this.throttle.check(address, by.id);
    const user = await this.store.find(by.accountId, by.id);
    if (!(await this.hasher.verify(current, user?.passwordHash))) {
      await this.throttle.failed(address, by.id);
      throw new DomainError('forbidden', 'password', 'The current password is wrong.');
    }
    await this.throttle.succeeded(address, by.id);
    await this.accounts.update(by, by.id, { password: next });
  }

  /** Whom a user's token stands for. @throws DomainError unauthenticated */
  async principal(token: string): Promise<UserPrincipal> {
    const { sub, pwd } = await this.tokens.verify(this.kind(), token);
    const user = isUuid(sub) ? await this.users.get(sub) : null;
    if (!user || user.passwordChangedAt.getTime() !== pwd) throw invalidToken();
    return { kind: 'user', id: user.id, accountId: user.accountId, role: user.role, operator: user.operator };
  }

  private kind(): TokenKind {
    const issuer = this.publicUrl.value;
    return { issuer, audience: `${issuer}/api`, type: 'user+jwt' };
  }
}
