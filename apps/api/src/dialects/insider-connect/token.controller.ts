import { Body, Controller, Header, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Public } from '#apps/api/src/http/access/allow.decorator.js';
import { Accepts } from '#apps/api/src/http/body/accepts.decorator.js';
import { TokenError, TokenRequestBody, TokenResponse } from './dto/token.dto.js';
import { TokenService } from './token.service.js';

@ApiTags('Token')
@Controller('connect')
export class TokenController {
  constructor(private readonly tokens: TokenService) {}

  @Post('token')
  @HttpCode(200)
  @Public()
  @Accepts('form')
  @Header('Content-Type', 'application/json;charset=UTF-8')
  @Header('Cache-Control', 'no-store')
  @Header('Pragma', 'no-cache')
  @ApiOperation({
    summary: 'Get a token',
    description:
      'The client credentials grant (RFC 6749, 4.4). Credentials go into the body or into an HTTP Basic header.',
  })
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiBody({ type: TokenRequestBody })
  @ApiOkResponse({ type: TokenResponse })
  @ApiResponse({ status: 400, type: TokenError, description: 'The request or the credentials are wrong.' })
  @ApiResponse({ status: 401, type: TokenError, description: 'Wrong credentials in an HTTP Basic header.' })
  @ApiResponse({ status: 413, type: TokenError, description: 'The body is over 64 KB.' })
  @ApiResponse({
    status: 429,
    type: TokenError,
    description: 'Too many failures: wait `Retry-After` seconds.',
  })
  @ApiResponse({ status: 503, type: TokenError, description: 'Try again after `Retry-After` seconds.' })
  async create(
    @Body() body: Record<string, unknown>,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const token = await this.tokens.grant(body, request.headers.authorization, request.ip ?? '');
    // Express would spell the content type in its own way; clients are shown that of RFC 6749, 5.1.
    response.end(JSON.stringify(token));
  }
}
