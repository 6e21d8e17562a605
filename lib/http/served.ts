import { randomUUID } from 'node:crypto';
import { observeRequest } from '#lib/telemetry/metrics.ts';
import { routeName } from './route-name.ts';

// What a proxy before us may call a request; anything else gets a name of ours.
const usableId = /^[\w-]{8,64}$/;

/** Around every route: the request has an id, which its answer and its log lines carry, and is counted. */
export function served(
  handler: (request: Request, requestId: string) => Promise<Response>,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const startedAt = performance.now();
    const given = request.headers.get('x-request-id') ?? '';
    const requestId = usableId.test(given) ? given : randomUUID();
    const response = await handler(request, requestId);
    response.headers.set('x-request-id', requestId);
    // What is no page and no file of ours keeps nothing, whatever the handler forgot.
    if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store');
    const { pathname } = new URL(request.url);
    observeRequest({
      route: routeName(pathname),
      method: request.method,
      status: response.status,
      seconds: (performance.now() - startedAt) / 1000,
    });
    return response;
  };
}
