import type { z } from 'zod';
import type { IngestResult } from '#lib/contracts/ingest.ts';
import { ingestQuerySchema } from './ingest-query.ts';
import { type Problem, problemResponse } from './problem.ts';
import { parseQuery } from './query.ts';
import type { RouteHandler } from './route.ts';
import { serverUrls } from './server-reader.ts';

// A UUID has 36 characters; whatever is far longer is no key.
const LONGEST_KEY = 255;

export type PushedBody = {
  readonly writerUrl: string;
  readonly body: AsyncIterable<Uint8Array>;
  readonly encoding: string;
  readonly key: string | null;
  readonly query: z.infer<typeof ingestQuerySchema>;
};

export type PushAnswer =
  | { readonly kind: 'ingested' | 'replayed'; readonly result: IngestResult }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** Takes a stream of flows in: parse, use case, respond. The guard goes around it. */
export function ingestHandler(push: (pushed: PushedBody) => Promise<PushAnswer>): RouteHandler {
  return async (request) => {
    const query = parseQuery(ingestQuerySchema, new URL(request.url));
    if (!query.ok) return problemResponse(query.error);
    const key = request.headers.get('idempotency-key');
    if (key !== null && (key.trim() === '' || key.length > LONGEST_KEY)) return problemResponse(badKey);
    const answer = await push({
      writerUrl: serverUrls().writer,
      body: request.body ?? nothing(),
      encoding: (request.headers.get('content-encoding') ?? 'identity').trim().toLowerCase(),
      key,
      query: query.value,
    });
    if (answer.kind === 'problem') return problemResponse(answer.problem);
    const headers = {
      'cache-control': 'no-store',
      ...(answer.kind === 'replayed' ? { 'idempotency-replayed': 'true' } : {}),
    };
    return Response.json(answer.result, { headers });
  };
}

const badKey: Problem = {
  status: 400,
  code: 'bad-idempotency-key',
  title: 'The Idempotency-Key cannot be used',
  detail: `A key has between 1 and ${LONGEST_KEY} characters; a UUID does well.`,
};

async function* nothing(): AsyncGenerator<Uint8Array> {}
