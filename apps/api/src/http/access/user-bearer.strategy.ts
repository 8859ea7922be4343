import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport-http-bearer';
import type { UserPrincipal } from '#libs/accounts/principal.js';
import { SignInService } from '#libs/auth/sign-in/sign-in.service.js';

/** Tokens of people who signed in. */
@Injectable()
export class UserBearerStrategy extends PassportStrategy(Strategy, 'user-bearer') {
  constructor(private readonly sessions: SignInService) {
    super({ realm: 'chorus' });
  }

  validate(token: string): Promise<UserPrincipal> {
    return this.sessions.principal(token);
  }
}
