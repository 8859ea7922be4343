import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { UserPrincipal } from '#libs/accounts/principal.js';
import { SigningKeysService } from '#libs/auth/tokens/signing-keys.service.js';
import { Permission } from '#libs/scopes/permission.js';
import { Allow } from '#apps/api/src/http/access/allow.decorator.js';
import { Caller } from '#apps/api/src/http/access/caller.decorator.js';
import { ApiProblems } from '../api-problems.decorator.js';
import { SigningKeyView } from './signing-key.dto.js';

@ApiTags('Signing keys')
@Controller('api/admin/signing-keys')
export class SigningKeysController {
  constructor(private readonly keys: SigningKeysService) {}

  @Post('rotate')
  @HttpCode(200)
  @Allow(Permission.PlatformManage)
  @ApiOperation({
    summary: 'Sign with a new key (operators)',
    description: 'Tokens of the old key stay good until they expire.',
  })
  @ApiOkResponse({ type: SigningKeyView })
  @ApiProblems(403)
  async rotate(@Caller() caller: UserPrincipal): Promise<SigningKeyView> {
    return { id: await this.keys.rotate(caller) };
  }
}
