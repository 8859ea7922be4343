import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Config } from '#libs/platform/config/config.js';
import { sameDigest, sha256 } from '#libs/platform/crypto/secrets.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { Metrics } from '#libs/platform/metrics/metrics.js';
import { Public } from '../access/allow.decorator.js';

const LOOPBACK = /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/;
const PROXY_HEADERS = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'];

/** Prometheus metrics, for this machine or for the holder of METRICS_TOKEN. */
@ApiExcludeController()
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly metrics: Metrics,
    private readonly config: Config,
  ) {}

  @Get()
  @Public()
  async read(@Req() request: Request, @Res() response: Response): Promise<void> {
    if (!this.mayRead(request)) {
      throw new DomainError(
        'unauthenticated',
        'metrics',
        'Metrics ask for the METRICS_TOKEN as a bearer token.',
      );
    }
    response.type(this.metrics.registry.contentType).send(await this.metrics.registry.metrics());
  }

  private mayRead(request: Request): boolean {
    const { metricsToken } = this.config.http;
    const given = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (metricsToken && given) return sameDigest(sha256(given), sha256(metricsToken));
    // The socket's own address: a proxy on this machine speaks for others, and says so with a header.
    return (
      LOOPBACK.test(request.socket.remoteAddress ?? '') &&
      PROXY_HEADERS.every((name) => request.headers[name] === undefined)
    );
  }
}
