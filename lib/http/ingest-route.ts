import type { z } from 'zod';
import { isApiToken } from '#lib/auth/secret-token.ts';
import type { IngestResult } from '#lib/contracts/ingest.ts';
import type { Retention } from '#lib/kit/retention.ts';
import type { IngestGate } from '#lib/server/ingest-gate.ts';
import { admit } from './admit.ts';
import { clientAddress } from './client-address.ts';
import { refuseForeign } from './foreign.ts';
import { serverIngestGate } from './ingest-gate.ts';
import { ingestQuerySchema } from './ingest-query.ts';
import { ingestSecret } from './ingest-secret.ts';
import { ownHosts } from './own-hosts.ts';
import { type Problem, problemResponse } from './problem.ts';
import { parseQuery } from './query.ts';
import { calmly, type RouteHandler } from './route.ts';
import { serverRetention, serverUrls } from './server-reader.ts';
import { createSharedBody } from './shared-body.ts';

// A UUID has 36 characters; whatever is far longer is no key.
const LONGEST_KEY = 255;

export type PushedBody = {
  readonly writerUrl: string;
  readonly gate: IngestGate;
  readonly body: AsyncIterable<Uint8Array>;
  readonly retention: Retention;
  readonly encoding: string;
  readonly contentType: string;
  readonly secret: string | null;
  readonly address: string;
  readonly key: string | null;
  readonly query: z.infer<typeof ingestQuerySchema>;
};

export type PushAnswer =
  | { readonly kind: 'ingested' | 'replayed'; readonly result: IngestResult }
  | { readonly kind: 'problem'; readonly problem: Problem & { readonly retryAfterSeconds: number | null } };

/**
 * Takes a stream of flows in: guard, parse, use case, respond. A shipper shows an ingest token, which the use
 * case looks at; a person with a browser or an API token needs the right `sources`.
 */
export function pushRoute(push: (pushed: PushedBody) => Promise<PushAnswer>): RouteHandler {
  const guard = calmly(async (request) => {
    const foreign = refuseForeign(request, { hosts: ownHosts(), reach: 'own-pages' });
    if (foreign) return problemResponse(foreign);
    const secret = ingestSecret(request.headers.get('authorization'));
    if (secret !== null && !isApiToken(secret)) return await take(push, request, secret);
    const admitted = await admit(request, 'sources');
    return admitted instanceof Response ? admitted : await take(push, request, null);
  });
  return Object.assign(guard, { right: 'push' as const });
}

async function take(
  push: (pushed: PushedBody) => Promise<PushAnswer>,
  request: Request,
  secret: string | null,
): Promise<Response> {
  const body = createSharedBody(request.body);
  const answer = await answerOf(push, request, { body: body.chunks, secret });
  if (answer.kind === 'problem') {
    const { retryAfterSeconds, ...problem } = answer.problem;
    // A client that is still sending reads no answer before it is done.
    const isWhole = await body.drain();
    return problemResponse(problem, {
      ...(retryAfterSeconds === null ? {} : { 'retry-after': String(retryAfterSeconds) }),
      ...(problem.status === 401 ? { 'www-authenticate': 'Bearer realm="flowloom"' } : {}),
      ...(isWhole ? {} : { connection: 'close' }),
    });
  }
  const headers = {
    'cache-control': 'no-store',
    ...(answer.kind === 'replayed' ? { 'idempotency-replayed': 'true' } : {}),
  };
  return Response.json(answer.result, { headers });
}

async function answerOf(
  push: (pushed: PushedBody) => Promise<PushAnswer>,
  request: Request,
  { body, secret }: Pick<PushedBody, 'body' | 'secret'>,
): Promise<PushAnswer> {
  const { headers } = request;
  const query = parseQuery(ingestQuerySchema, new URL(request.url));
  if (!query.ok) return refusal(query.error);
  const key = headers.get('idempotency-key');
  if (key !== null && (key.trim() === '' || key.length > LONGEST_KEY)) return refusal(badKey);
  return await push({
    writerUrl: serverUrls().writer,
    retention: serverRetention(),
    gate: serverIngestGate(),
    body,
    encoding: (headers.get('content-encoding') ?? 'identity').trim().toLowerCase(),
    contentType: (headers.get('content-type') ?? '').trim().toLowerCase(),
    secret,
    address: clientAddress(headers),
    key,
    query: query.value,
  });
}

function refusal(problem: Problem): PushAnswer {
  return { kind: 'problem', problem: { ...problem, retryAfterSeconds: null } };
}

const badKey: Problem = {
  status: 400,
  code: 'bad-idempotency-key',
  title: 'The Idempotency-Key cannot be used',
  detail: `A key has between 1 and ${LONGEST_KEY} characters; a UUID does well.`,
};
