import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { KeyPrincipal } from '#libs/accounts/principal.js';
import { ApiKeyAuthentication } from '#libs/auth/api-keys/api-key-authentication.js';
import { ImportProgress } from '#libs/import/import-progress.js';
import type { Import } from '#libs/import/import.entity.js';
import { ImportsService } from '#libs/import/imports.service.js';
import type { RowError } from '#libs/import/imports.store.js';
import { sendEvents, type ServerEvent, untilGone } from '#apps/api/src/http/events/send-events.js';
import { toErrorView, toView } from './import.mapper.js';
import { NAME } from './source-import.name.js';

/** The answers of this API that are longer than memory should hold, or take longer than a request should. */
@Injectable()
export class ImportStreams {
  constructor(
    private readonly watched: ImportProgress,
    private readonly imports: ImportsService,
    private readonly keys: ApiKeyAuthentication,
  ) {}

  /** @throws DomainError not_found, limited */
  async progress(caller: KeyPrincipal, id: string, request: Request, response: Response): Promise<void> {
    const changes = await this.watched.watch(caller, id, untilGone(request, response));
    await sendEvents(response, this.events(changes, String(request.headers['x-api-key'])));
  }

  /** @throws DomainError not_found */
  async errors(caller: KeyPrincipal, id: string, response: Response): Promise<void> {
    const found = await this.imports.get(caller, id);
    response.setHeader('Content-Type', 'application/x-ndjson; charset=utf-8');
    await pipeline(Readable.from(toLines(this.imports.errors(found))), response);
  }

  /** Ends with the key, too: who is shut out while they watch is told no more. */
  private async *events(
    changes: AsyncIterable<Import | undefined>,
    key: string,
  ): AsyncGenerator<ServerEvent | undefined> {
    for await (const change of changes) {
      if (!(await this.keys.byKey(NAME, key))) return;
      yield change && { event: 'progress', data: toView(change) };
    }
  }
}

async function* toLines(errors: AsyncIterable<RowError>): AsyncGenerator<string> {
  for await (const error of errors) yield `${JSON.stringify(toErrorView(error))}\n`;
}
