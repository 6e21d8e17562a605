import type { z } from 'zod';
import type { Access } from '#lib/access/access.ts';
import { ok, type Result } from '#lib/kit/result.ts';
import type { GraphQuery } from '#lib/server/read-graph.ts';
import { parseFilters } from './filters.ts';
import { depthAsked, type windowQuerySchema } from './graph-query.ts';
import type { Problem } from './problem.ts';
import { parseSpan } from './query.ts';

/** The parameters of the graph as its use cases take them, or what is wrong with them. */
export function graphQuestion(
  query: z.infer<typeof windowQuerySchema>,
  access: Pick<Access, 'policies'>,
  nowMs: number,
): Result<GraphQuery, Problem> {
  const window = parseSpan(query.from, query.to, nowMs);
  if (!window.ok) return window;
  const filters = parseFilters(query);
  if (!filters.ok) return filters;
  return ok({
    window: window.value,
    ...depthAsked(query),
    clusters: query.cluster ?? null,
    namespaces: query.namespace ?? null,
    filters: filters.value,
    policies: access.policies,
  });
}
