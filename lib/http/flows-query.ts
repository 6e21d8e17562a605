import { z } from 'zod';
import { flowFormats } from '#lib/contracts/flows.ts';
import type { FlowPosition } from '#lib/db/sql/single-flows.ts';
import { err, ok, type Result } from '#lib/kit/result.ts';
import { parseFlowCursor } from '#lib/server/flow-cursor.ts';
import type { FlowsQuery } from '#lib/server/list-flows.ts';
import { parseFilters } from './filters.ts';
import { depthAsked, depthParameters, filterParameters } from './graph-query.ts';
import type { Problem } from './problem.ts';
import { once, pageLimit, parseSpan } from './query.ts';

const choice = {
  from: once(z.string()),
  to: once(z.string()),
  ...depthParameters,
  cluster: z.array(z.string()).optional(),
  namespace: z.array(z.string()).optional(),
  edge: once(z.string().min(1)).optional(),
  node: once(z.string().min(1)).optional(),
  ...filterParameters,
};

/** The parameters of `GET /flows`. */
export const flowsQuerySchema = z.strictObject({
  ...choice,
  cursor: once(z.string()).optional(),
  limit: pageLimit.optional(),
});

/** The parameters of `GET /flows/export`. */
export const flowsExportSchema = z.strictObject({
  ...choice,
  format: once(z.enum(flowFormats, `must be one of ${flowFormats.join(', ')}`)),
});

type Given = Omit<z.infer<typeof flowsExportSchema>, 'format'>;

/** Which flows are meant; times are read against `nowMs`. */
export function flowsQuery(given: Given, nowMs: number): Result<FlowsQuery, Problem> {
  const window = parseSpan(given.from, given.to, nowMs);
  if (!window.ok) return window;
  const filters = parseFilters(given);
  if (!filters.ok) return filters;
  return ok({
    window: window.value,
    ...depthAsked(given),
    clusters: given.cluster ?? null,
    namespaces: given.namespace ?? null,
    edge: given.edge ?? null,
    node: given.node ?? null,
    filters: filters.value,
  });
}

/** Where a page begins. */
export function flowsCursor(cursor: string | undefined): Result<FlowPosition | null, Problem> {
  if (cursor === undefined) return ok(null);
  const parsed = parseFlowCursor(cursor);
  if (parsed.ok) return parsed;
  const detail = `cursor: ${parsed.error}`;
  return err({ status: 400, code: 'bad-parameter', title: 'Wrong query', detail, field: 'cursor' });
}
