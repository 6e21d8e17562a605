import type { z } from 'zod';
import type { Access } from '#lib/access/access.ts';
import type { Scope } from '#lib/access/scope.ts';
import type { Person } from '#lib/access/viewer.ts';
import { isDatabaseAway } from '#lib/db/database-away.ts';
import type { Reader } from '#lib/db/reader.ts';
import { log } from '#lib/telemetry/log.ts';
import { type Admitted, admit, type Needed, scopeFor } from './admit.ts';
import { type Tell, tellOf } from './audit-change.ts';
import { auditRead } from './audit-read.ts';
import { type Download, downloadResponse } from './download.ts';
import { refuseForeign } from './foreign.ts';
import { ownHosts } from './own-hosts.ts';
import { type Problem, problemResponse } from './problem.ts';
import { parseQuery } from './query.ts';
import { served } from './served.ts';
import { serverReader } from './server-reader.ts';

/** Answers a request; `right` says what whoever asks must have, for whoever looks over all routes. */
export type RouteHandler = ((request: Request) => Promise<Response>) & {
  readonly right: Needed | 'public' | 'push' | 'embed';
};

/** What a route is asked: `scope` is where its right holds for whoever asks. */
export type Asked<Q> = {
  readonly query: Q;
  readonly access: Access;
  /** Who asks, whoever they view as. */
  readonly person: Person;
  readonly scope: Scope;
  readonly reader: Reader;
  readonly nowMs: number;
  /** For a route that takes a body. */
  readonly request: Request;
  /** Tells the audit log of a change. */
  readonly tell: Tell;
};

/** The document, a file line by line as it is read, or the problem that stands in the way. */
export type Given =
  | { readonly document: unknown }
  | { readonly download: Download }
  | { readonly problem: Problem };

type Read<Q> = {
  /** What whoever asks must have; `read` where nothing is said. */
  readonly right?: Needed;
  /** Whether it changes nothing although it takes a body: whoever views as somebody else may ask it. */
  readonly isQuestion?: true | undefined;
  readonly query: z.ZodType<Q>;
  readonly answer: (asked: Asked<Q>) => Promise<Given>;
};

/** A route that reads: guard, parse, use case, respond. */
export function readRoute<Q>({ right = 'read', isQuestion, query: schema, answer }: Read<Q>): RouteHandler {
  return guarded({ right, isQuestion }, async (request, { access, person }) => {
    const query = parseQuery(schema, new URL(request.url));
    if (!query.ok) return problemResponse(query.error);
    const scope = scopeFor(access, right);
    await auditRead(request, access, query.value);
    const asked = {
      query: query.value,
      access,
      person,
      scope,
      reader: serverReader(),
      nowMs: Date.now(),
      request,
    };
    const answered = await answer({ ...asked, tell: tellOf(request, access.viewer) });
    if ('problem' in answered) return problemResponse(answered.problem);
    if ('download' in answered) return downloadResponse(answered.download);
    return Response.json(answered.document, { headers: { 'cache-control': 'no-store' } });
  });
}

/** A route that changes something: the same way through. */
export function changeRoute<Q>(change: Read<Q> & { readonly right: Needed }): RouteHandler {
  return readRoute(change);
}

/** The guard of every route: nothing runs for a foreign request, for nobody, or for somebody who may not. */
export function guarded(
  { right, isQuestion }: { readonly right: Needed; readonly isQuestion?: true | undefined },
  handler: (request: Request, admitted: Admitted) => Promise<Response>,
): RouteHandler {
  const guard = calmly(async (request) => {
    const foreign = refuseForeign(request, { hosts: ownHosts(), reach: 'own-pages' });
    if (foreign) return problemResponse(foreign);
    const admitted = await admit(request, right, isQuestion);
    return admitted instanceof Response ? admitted : await handler(request, admitted);
  });
  return Object.assign(guard, { right });
}

/**
 * A route for everybody: it tells nothing of the estate and asks nobody who they are. `navigation`: pages of
 * other sites may lead to it.
 */
export function publicRoute(
  handler: (request: Request) => Promise<Response>,
  { reach }: { readonly reach: 'own-pages' | 'navigation' } = { reach: 'own-pages' },
): RouteHandler {
  const guard = calmly(async (request) => {
    const foreign = refuseForeign(request, { hosts: ownHosts(), reach });
    return foreign ? problemResponse(foreign) : await handler(request);
  });
  return Object.assign(guard, { right: 'public' as const });
}

/** Every answer is counted and named by its request, and no surprise leaves the server with its text. */
export function calmly(
  handler: (request: Request) => Promise<Response>,
): (request: Request) => Promise<Response> {
  return served(async (request, requestId) => {
    try {
      return await handler(request);
    } catch (error) {
      log.error({ err: error, path: new URL(request.url).pathname, requestId }, 'request failed');
      return isDatabaseAway(error)
        ? problemResponse(databaseAway, { 'retry-after': '5' })
        : problemResponse(surprise);
    }
  });
}

const databaseAway: Problem = {
  status: 503,
  code: 'database-unavailable',
  title: 'The database does not answer',
  detail: 'Try again in a few seconds; the server connects by itself when Postgres is back.',
};

const surprise: Problem = {
  status: 500,
  code: 'unexpected',
  title: 'Something went wrong here',
  detail: 'Try again; if it stays, look for "request failed" in the log of the server.',
};
