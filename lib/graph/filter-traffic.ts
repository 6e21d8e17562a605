import { countTruth, flowTruth } from '#lib/filter/evaluate.ts';
import type { FieldName } from '#lib/filter/fields.ts';
import { type Filter, fieldsOf } from '#lib/filter/filter.ts';
import type { Verdict } from '#lib/flows/verdict.ts';
import { type Depth, drawTraffic } from './depth.ts';
import { edgeCounts } from './edge-counts.ts';
import { type Evidence, flowFacts } from './flow-facts.ts';
import type { DrawnTraffic, Sums, Traffic } from './model.ts';
import { nodeId } from './node-id.ts';
import { addSums, countersOf, noSums } from './sums.ts';

/** What to leave out first, and what to keep of the rest; null is no filter. */
export type Filters = { readonly hide: Filter | null; readonly show: Filter | null };

export const noFilters: Filters = { hide: null, show: null };

/** Redacted traffic as the filters leave it, between the nodes that are drawn. */
export function filterTraffic(
  traffic: readonly Traffic[],
  depth: Depth,
  filters: Filters,
  evidence: Evidence,
): readonly DrawnTraffic[] {
  return drawnTraffic(keptTraffic(traffic, depth, filters, evidence), depth);
}

/** Traffic between the nodes that are drawn. */
export function drawnTraffic(traffic: readonly Traffic[], depth: Depth): readonly DrawnTraffic[] {
  return traffic.map((row) => drawTraffic(row, depth));
}

/** The same with the ends that it has. Counters of edges are those of the nodes that are drawn. */
export function keptTraffic(
  traffic: readonly Traffic[],
  depth: Depth,
  { hide, show }: Filters,
  evidence: Evidence,
): readonly Traffic[] {
  const gone = new Set(hide === null ? [] : matching(traffic, depth, hide, evidence));
  const left = gone.size === 0 ? traffic : traffic.filter((row) => !gone.has(row));
  return show === null ? left : matching(left, depth, show, evidence);
}

/** Whether the filters speak of one of these fields. */
export function speakOf({ hide, show }: Filters, names: readonly FieldName[]): boolean {
  return [hide, show].some((filter) => filter && fieldsOf(filter).some(({ name }) => names.includes(name)));
}

/** Rows that match for certain; counters are those of the drawn edge over the rows that match the rest. */
function matching(
  traffic: readonly Traffic[],
  depth: Depth,
  { flow, counters }: Filter,
  evidence: Evidence,
): readonly Traffic[] {
  const rows =
    flow === null ? traffic : traffic.filter((row) => flowTruth(flow, flowFacts(row, evidence)) === true);
  if (counters === null) return rows;
  const edgeOf = (row: Traffic) => {
    const { source, target } = drawTraffic(row, depth);
    return `${nodeId(source)}\0${nodeId(target)}`;
  };
  const sums = new Map<string, Record<Verdict, Sums>>();
  for (const row of rows) {
    const key = edgeOf(row);
    const edge = sums.get(key) ?? { allowed: noSums, denied: noSums, dropped: noSums };
    edge[row.verdict] = addSums(edge[row.verdict], row.sums);
    sums.set(key, edge);
  }
  const matched = new Set(
    [...sums]
      .filter(([, { allowed, denied, dropped }]) => {
        const edge = {
          allowed: countersOf(allowed),
          denied: countersOf(denied),
          dropped: countersOf(dropped),
        };
        return countTruth(counters, edgeCounts(edge)) === true;
      })
      .map(([edge]) => edge),
  );
  return rows.filter((row) => matched.has(edgeOf(row)));
}
