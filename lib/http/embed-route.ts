import { embedKeyIn } from '#lib/auth/embed-session.ts';
import { serverAuth } from '#lib/auth/server-auth.ts';
import { refuseForeign } from './foreign.ts';
import { ownHosts } from './own-hosts.ts';
import { type Problem, problemResponse } from './problem.ts';
import { calmly, type RouteHandler } from './route.ts';

/**
 * A route for the session of a frame, and for nothing else: a cookie or an API token that comes along is not looked
 * at. `answer` makes null where the embed has ended.
 */
export function embedRoute(answer: (key: string, nowMs: number) => Promise<object | null>): RouteHandler {
  const guard = calmly(async (request) => {
    const foreign = refuseForeign(request, { hosts: ownHosts(), reach: 'own-pages' });
    if (foreign) return problemResponse(foreign);
    const nowMs = Date.now();
    const key = embedKeyIn(request.headers.get('authorization'), serverAuth().secret, nowMs);
    const document = key === null ? null : await answer(key, nowMs);
    // A session that was made up, is over, or whose embed has ended: one answer.
    if (document === null) return problemResponse(over, { 'www-authenticate': 'Bearer realm="flowloom"' });
    return Response.json(document, { headers: { 'cache-control': 'no-store' } });
  });
  return Object.assign(guard, { right: 'embed' as const });
}

const over: Problem = {
  status: 401,
  code: 'embed-session-over',
  title: 'This session is over',
  detail: 'Ask POST /api/v1/embed/session for a new one, with the id of the embed.',
};
