import type { z } from 'zod';
import type { Access } from '#lib/access/access.ts';
import type { Scope } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';
import { err, ok, type Result } from '#lib/kit/result.ts';
import { parseInstant, type Span } from '#lib/kit/window.ts';
import { readPolicyList } from '#lib/server/read-policies.ts';
import { readPolicyDetail } from '#lib/server/read-policy.ts';
import { readPolicyChanges } from '#lib/server/read-policy-changes.ts';
import type { policiesQuerySchema, policyChangesQuerySchema, policyQuerySchema } from './policies-query.ts';
import type { Problem } from './problem.ts';
import { parseSpan } from './query.ts';

type Asked<Q> = {
  readonly query: Q;
  readonly access: Pick<Access, 'policies'>;
  readonly scope: Scope;
  readonly reader: Reader;
  readonly nowMs: number;
};

type Given = { readonly document: unknown } | { readonly problem: Problem };

type Times = {
  readonly at?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
};

/** When, and of which window hits are counted: seven days until then, where nothing is said. */
function timesOf(
  { at, from, to }: Times,
  nowMs: number,
): Result<{ readonly atMs: number | null; readonly window: Span }, Problem> {
  const instant = parseAt(at, nowMs);
  if (!instant.ok) return instant;
  const window = parseSpan(from ?? '-7d', to ?? 'now', nowMs);
  if (!window.ok) return window;
  return ok({ atMs: instant.value, window: window.value });
}

/** A time that something is asked of; null where nothing is said: now. */
export function parseAt(at: string | undefined, nowMs: number): Result<number | null, Problem> {
  if (at === undefined) return ok(null);
  const instant = parseInstant(at, nowMs);
  if (instant.ok) return instant;
  const detail = `at: ${instant.error}`;
  return err({ status: 400, code: 'bad-parameter', title: 'Wrong query', detail, field: 'at' });
}

/** The policies of a cluster. */
export async function answerPolicies({
  query,
  access: { policies },
  scope,
  reader,
  nowMs,
}: Asked<z.infer<typeof policiesQuerySchema>>): Promise<Given> {
  const times = timesOf(query, nowMs);
  if (!times.ok) return { problem: times.error };
  const question = { cluster: query.cluster, ...times.value };
  return { document: await readPolicyList(reader, { scope, policies }, question) };
}

/** When policies of a cluster changed. */
export async function answerPolicyChanges({
  query: { cluster, from, to },
  access: { policies },
  scope,
  reader,
  nowMs,
}: Asked<z.infer<typeof policyChangesQuerySchema>>): Promise<Given> {
  const window = parseSpan(from, to, nowMs);
  if (!window.ok) return { problem: window.error };
  const question = { cluster, window: window.value };
  return { document: await readPolicyChanges(reader, { scope, policies }, question) };
}

/** One policy; what is not there and what may not be seen answer alike. */
export async function answerPolicy({
  query,
  access: { policies },
  scope,
  reader,
  nowMs,
}: Asked<z.infer<typeof policyQuerySchema>>): Promise<Given> {
  const times = timesOf(query, nowMs);
  if (!times.ok) return { problem: times.error };
  const document = await readPolicyDetail(reader, { scope, policies }, { id: query.id, ...times.value });
  return document === null ? { problem: noPolicy } : { document };
}

const noPolicy: Problem = {
  status: 404,
  code: 'not-found',
  title: 'No such policy',
  detail:
    'There was no policy with this id at that time, or you may not see it. GET /api/v1/policies lists those that you may.',
};
