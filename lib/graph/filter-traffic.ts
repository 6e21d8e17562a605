import type { Level } from '#lib/contracts/graph.ts';
import { countTruth, flowTruth } from '#lib/filter/evaluate.ts';
import type { FieldName } from '#lib/filter/fields.ts';
import { type Filter, fieldsOf } from '#lib/filter/filter.ts';
import type { Verdict } from '#lib/flows/verdict.ts';
import { atLevel } from './aggregate.ts';
import { edgeCounts } from './edge-counts.ts';
import { type Evidence, flowFacts } from './flow-facts.ts';
import type { Sums, Traffic } from './model.ts';
import { nodeId } from './node-id.ts';
import { addSums, countersOf, noSums } from './sums.ts';

/** What to leave out first, and what to keep of the rest; null is no filter. */
export type Filters = { readonly hide: Filter | null; readonly show: Filter | null };

export const noFilters: Filters = { hide: null, show: null };

/** Redacted traffic as the filters leave it, with its ends at the level that is drawn. */
export function filterTraffic(
  traffic: readonly Traffic[],
  level: Level,
  filters: Filters,
  evidence: Evidence,
): readonly Traffic[] {
  return trafficAtLevel(keptTraffic(traffic, level, filters, evidence), level);
}

/** The same with the ends that it has. Counters of edges are those of the level that is drawn. */
export function keptTraffic(
  traffic: readonly Traffic[],
  level: Level,
  { hide, show }: Filters,
  evidence: Evidence,
): readonly Traffic[] {
  const gone = new Set(hide === null ? [] : matching(traffic, level, hide, evidence));
  const left = gone.size === 0 ? traffic : traffic.filter((row) => !gone.has(row));
  return show === null ? left : matching(left, level, show, evidence);
}

/** Traffic with its ends at the level that is drawn. */
export function trafficAtLevel(traffic: readonly Traffic[], level: Level): readonly Traffic[] {
  return traffic.map((row) => ({
    ...row,
    source: atLevel(row.source, level),
    target: atLevel(row.target, level),
  }));
}

/** Whether the filters speak of one of these fields. */
export function speakOf({ hide, show }: Filters, names: readonly FieldName[]): boolean {
  return [hide, show].some((filter) => filter && fieldsOf(filter).some(({ name }) => names.includes(name)));
}

/** Rows that match for certain; counters are those of the drawn edge over the rows that match the rest. */
function matching(
  traffic: readonly Traffic[],
  level: Level,
  { flow, counters }: Filter,
  evidence: Evidence,
): readonly Traffic[] {
  const rows =
    flow === null ? traffic : traffic.filter((row) => flowTruth(flow, flowFacts(row, evidence)) === true);
  if (counters === null) return rows;
  const edgeOf = ({ source, target }: Traffic) =>
    `${nodeId(atLevel(source, level))}\0${nodeId(atLevel(target, level))}`;
  const sums = new Map<string, Record<Verdict, Sums>>();
  for (const row of rows) {
    const edge = sums.get(edgeOf(row)) ?? { allowed: noSums, denied: noSums, dropped: noSums };
    edge[row.verdict] = addSums(edge[row.verdict], row.sums);
    sums.set(edgeOf(row), edge);
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
