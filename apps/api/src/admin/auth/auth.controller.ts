import { Body, Controller, Get, HttpCode, Post, Put, Req } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import type { UserPrincipal } from '#libs/accounts/principal.js';
import { UsersService } from '#libs/accounts/users.service.js';
import { SignInService } from '#libs/auth/sign-in/sign-in.service.js';
import { Public, SignedIn } from '#apps/api/src/http/access/allow.decorator.js';
import { Caller } from '#apps/api/src/http/access/caller.decorator.js';
import { ApiProblems } from '../api-problems.decorator.js';
import { UserView } from '../users/user.dto.js';
import { toUserView } from '../users/user.mapper.js';
import { ChangePasswordBody, SignInBody, SignInView } from './auth.dto.js';

@ApiTags('Auth')
@Controller('api/auth')
export class AuthController {
  constructor(
    private readonly sessions: SignInService,
    private readonly users: UsersService,
  ) {}

  @Post('sign-in')
  @HttpCode(200)
  @Public()
  @ApiOperation({ summary: 'Sign in', description: 'Failures are slowed down, for 30 seconds at the most.' })
  @ApiOkResponse({ type: SignInView })
  @ApiProblems(413, 415)
  async signIn(@Body() { email, password }: SignInBody, @Req() request: Request): Promise<SignInView> {
    const session = await this.sessions.signIn(email, password, request.ip ?? '');
    return { ...session, tokenType: 'Bearer' };
  }

  @Put('password')
  @HttpCode(204)
  @SignedIn()
  @ApiOperation({ summary: 'Change my password', description: 'Ends every session, this one too.' })
  @ApiNoContentResponse()
  @ApiProblems(403, 413, 415)
  async changePassword(
    @Caller() caller: UserPrincipal,
    @Body() { currentPassword, newPassword }: ChangePasswordBody,
    @Req() request: Request,
  ): Promise<void> {
    await this.sessions.changePassword(caller, currentPassword, newPassword, request.ip ?? '');
  }

  @Get('me')
  @SignedIn()
  @ApiOperation({ summary: 'Who am I' })
  @ApiOkResponse({ type: UserView })
  @ApiProblems()
  async me(@Caller() caller: UserPrincipal): Promise<UserView> {
    return toUserView(await this.users.get(caller, caller.id));
  }
}
