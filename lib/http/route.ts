import type { z } from 'zod';
import type { Access } from '#lib/access/access.ts';
import type { Scope } from '#lib/access/scope.ts';
import { isDatabaseAway } from '#lib/db/database-away.ts';
import type { Reader } from '#lib/db/reader.ts';
import { resolveAccess } from '#lib/server/resolve-access.ts';
import { log } from '#lib/telemetry/log.ts';
import { type Tell, tellOf } from './audit-change.ts';
import { auditRead } from './audit-read.ts';
import { type Download, downloadResponse } from './download.ts';
import { refuseForeign } from './loopback.ts';
import { type Problem, problemResponse } from './problem.ts';
import { parseQuery } from './query.ts';
import { served } from './served.ts';
import { serverReader } from './server-reader.ts';

export type RouteHandler = (request: Request) => Promise<Response>;

type Read<Q> = {
  readonly query: z.ZodType<Q>;
  /** Answers the document, or the problem that stands in its way. */
  readonly answer: (asked: {
    readonly query: Q;
    readonly access: Access;
    readonly scope: Scope;
    readonly reader: Reader;
    readonly nowMs: number;
    /** Tells the audit log of a change. */
    readonly tell: Tell;
  }) => Promise<
    | { readonly document: unknown }
    | { readonly problem: Problem }
    /** A file, line by line as it is read. */
    | { readonly download: Download }
  >;
};

/** A route that reads: guard, parse, use case, respond. */
export function readRoute<Q>({ query: schema, answer }: Read<Q>): RouteHandler {
  return guarded(async (request) => {
    const query = parseQuery(schema, new URL(request.url));
    if (!query.ok) return problemResponse(query.error);
    const reader = serverReader();
    const access = await resolveAccess(reader, { kind: 'operator' });
    const { scope } = access;
    await auditRead(request, access, query.value);
    const answered = await answer({
      query: query.value,
      access,
      scope,
      reader,
      nowMs: Date.now(),
      tell: tellOf(request, access.viewer),
    });
    if ('problem' in answered) return problemResponse(answered.problem);
    if ('download' in answered) return downloadResponse(answered.download);
    return Response.json(answered.document, { headers: { 'cache-control': 'no-store' } });
  });
}

/** A route that changes something and is asked with a query alone: the same way through. */
export function changeRoute<Q>(change: Read<Q>): RouteHandler {
  return readRoute(change);
}

/** The guard of every route: nothing runs for a foreign request, and no surprise leaves the server with its text. */
export function guarded(handler: RouteHandler): RouteHandler {
  return served(async (request, requestId) => {
    const foreign = refuseForeign(request);
    if (foreign) return problemResponse(foreign);
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
