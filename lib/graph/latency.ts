import type { Sides } from '#lib/access/redact.ts';
import type { LatencyDocument } from '#lib/contracts/latency.ts';
import { type LatencyKind, latencyBoundsUs } from '#lib/flows/latency.ts';
import type { End, ServedPort } from './model.ts';

/** How many latencies between two ends fell into a step of lib/flows/latency.ts. */
export type MeasuredTraffic = ServedPort & {
  readonly source: End;
  readonly target: End;
  readonly inScope: Sides;
  readonly kind: LatencyKind;
  readonly step: number;
  readonly measured: number;
  readonly sumUs: number;
};

type Counted = Pick<MeasuredTraffic, 'kind' | 'step' | 'measured' | 'sumUs'>;

/** What somebody waits for comes before what it is made of. */
const order = ['request', 'dns', 'tcp'] as const satisfies readonly LatencyKind[];

/** Latencies by kind, what tells most first; a kind that nobody measured is left out. */
export function latencyOfAll(rows: readonly Counted[]): readonly LatencyDocument[] {
  return order.flatMap((kind) => {
    const those = rows.filter((row) => row.kind === kind);
    const measured = sumOf(those, (row) => row.measured);
    if (measured === 0) return [];
    const below = (share: number) => boundBelow(those, measured * share);
    return [
      {
        kind,
        measured,
        meanUs: Math.round(sumOf(those, (row) => row.sumUs) / measured),
        halfBelowUs: below(0.5),
        mostBelowUs: below(0.95),
        allBelowUs: below(1),
      },
    ];
  });
}

/** The first bound that so many of them are below; null where only the last step, which has none, holds them. */
function boundBelow(rows: readonly Counted[], wanted: number): number | null {
  const bySteps = Map.groupBy(rows, ({ step }) => step);
  let found = 0;
  for (const [step, bound] of latencyBoundsUs.entries()) {
    found += sumOf(bySteps.get(step) ?? [], (row) => row.measured);
    if (found >= wanted) return bound;
  }
  return null;
}

function sumOf<T>(rows: readonly T[], of: (row: T) => number): number {
  return rows.reduce((sum, row) => sum + of(row), 0);
}
