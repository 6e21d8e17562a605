import type { Scope } from '#lib/access/scope.ts';
import type { Comparison } from '#lib/contracts/compare.ts';
import type { GraphDocument } from '#lib/contracts/graph.ts';
import type { Reader } from '#lib/db/reader.ts';
import { compareGraphs, type Measured } from '#lib/graph/compare.ts';
import type { Span } from '#lib/kit/window.ts';
import { type GraphQuery, readGraph } from './read-graph.ts';

/** A window beside another one. Filters are applied to each by itself, as its own graph would be filtered. */
export async function readComparison(
  reader: Reader,
  scope: Scope,
  query: GraphQuery & { readonly base: Span },
): Promise<Comparison> {
  const before = { ...query, window: query.base };
  const [now, base] = query.group ? await readGrouped() : await Promise.all([ask(query), ask(before)]);
  const { window, completeness } = base;
  return { ...now, base: { window, completeness }, ...compareGraphs(measured(now), measured(base)) };

  function ask(one: GraphQuery): Promise<GraphDocument> {
    return readGraph(reader, scope, one);
  }

  /** Both by what the first was grouped by: a node must be the same in both. */
  async function readGrouped(): Promise<readonly [GraphDocument, GraphDocument]> {
    const first = await ask(query);
    return [first, await ask({ ...before, group: first.grouping?.by ?? null })];
  }
}

function measured({ nodes, edges, window }: GraphDocument): Measured {
  return { nodes, edges, lengthMs: Date.parse(window.answered.to) - Date.parse(window.answered.from) };
}
