import { headers } from 'next/headers';
import type { RouteHandler } from './route.ts';

/** Who asks, for the guard, and for the log where they come from. */
const passedOn = ['host', 'cookie', 'authorization', 'x-forwarded-for', 'x-request-id'];

/**
 * Asks a route for the page that is being rendered, as whoever opens it will: with the same guard, scope and
 * audit, only before its scripts are there. null where the answer is no: the page asks again and says why.
 */
export async function askAhead(route: RouteHandler, address: string): Promise<string | null> {
  const asked = await headers();
  const own = new Headers();
  for (const name of passedOn) {
    const value = asked.get(name);
    if (value !== null) own.set(name, value);
  }
  const answer = await route(
    new Request(`http://${own.get('host') ?? 'localhost'}${address}`, { headers: own }),
  );
  return answer.ok ? await answer.text() : null;
}
