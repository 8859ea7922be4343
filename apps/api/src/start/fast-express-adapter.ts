import http, { IncomingMessage, ServerResponse } from 'node:http';
import { ExpressAdapter } from '@nestjs/platform-express';
import type { Express } from 'express';

/**
 * platform-express at full speed. Express gives every request and response its own prototype with
 * `Object.setPrototypeOf`, and V8 takes its fast paths away from objects whose prototype changes. Here the server makes
 * them with the right prototype from the start, so that Express's calls change nothing. ADR 7 has the numbers; to do
 * without, hand Nest a plain `ExpressAdapter`: all that is lost besides is the answer to a request without a host.
 */
export class FastExpressAdapter extends ExpressAdapter {
  override initHttpServer(options: Parameters<ExpressAdapter['initHttpServer']>[0]): void {
    super.initHttpServer(options);
    const app = this.getInstance<Express>();
    const settings = {
      // The first middleware looks: what Node refuses by itself has no request id.
      requireHostHeader: false,
      IncomingMessage: bornAs(IncomingMessage, app.request),
      ServerResponse: bornAs(ServerResponse, app.response),
    };
    this.httpServer = http.createServer(settings as http.ServerOptions, app);
  }
}

/** A constructor like `base` whose instances have `prototype` (which inherits from base's own) from birth. */
function bornAs(base: object, prototype: object): object {
  function Born(...args: unknown[]): object {
    return Reflect.construct(base as never, args, Born) as object;
  }
  Born.prototype = prototype;
  return Born;
}
