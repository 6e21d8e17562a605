import { calicoLine } from '#lib/generate/calico-line.ts';
import { type CalicoReport, calicoReports } from '#lib/generate/calico-reports.ts';
import { demoExchanges } from '#lib/generate/demo-traffic.ts';
import type { World } from '#lib/generate/exchange.ts';

/**
 * A piece of the demo's time: everything that is flushed from `fromMs` until before `toMs`. Slices that
 * tile time tile the traffic: nothing is in two of them, nothing between them.
 */
export type DemoSlice = {
  readonly fromMs: number;
  readonly toMs: number;
  /** How many of the collectors' one-minute flushes are told as one record. */
  readonly flushMinutes: number;
};

/** The cluster that the demo's flows are ingested as: its name says what it is. */
export const demoCluster = 'demo';

const minuteMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 86_400_000;
// Older hours are told in less detail: a day of one-minute records takes long to ingest and shows no more.
const coarseFlushMinutes = 15;
// Longest first: a batch of one minute takes nearly as long to commit as one of fifteen.
const sliceLengthsMs = [hourMs, 15 * minuteMs, minuteMs];
// A scan's last packet comes three minutes after the minute that began it, and is flushed within another.
const lookBackMinutes = 5;

/**
 * The slices that are missing at a moment: a day where there is none yet, whole hours where there are,
 * then quarters and minutes up to the last full one. `coveredToMs` is the end of the last slice that is
 * there, or null.
 */
export function missingDemoSlices(coveredToMs: number | null, nowMs: number): readonly DemoSlice[] {
  const lastHourMs = Math.floor(nowMs / hourMs) * hourMs;
  const lastMinuteMs = Math.floor(nowMs / minuteMs) * minuteMs;
  const slices: DemoSlice[] = [];
  let fromMs = Math.max(coveredToMs ?? 0, lastHourMs - dayMs);
  while (fromMs < lastMinuteMs) {
    const length = sliceLengthsMs.find((ms) => fromMs % ms === 0 && fromMs + ms <= lastMinuteMs) ?? minuteMs;
    const flushMinutes = length === hourMs ? coarseFlushMinutes : 1;
    slices.push({ fromMs, toMs: fromMs + length, flushMinutes });
    fromMs += length;
  }
  return slices;
}

/**
 * The slice's own name, a batch key so that it counts once: `demo:2026-11-23T15:00/60`, its end and its
 * minutes. In the order of text it is in the order of time.
 */
export function demoSliceKey(slice: DemoSlice): string {
  return `demo:${new Date(slice.toMs).toISOString().slice(0, 16)}/${(slice.toMs - slice.fromMs) / minuteMs}`;
}

/** The end of the slice that has this key, null where it is none. */
export function demoSliceEnd(key: string): number | null {
  const match = /^demo:(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})\/\d+$/.exec(key);
  const endMs = Date.parse(`${match?.[1] ?? ''}Z`);
  return Number.isNaN(endMs) ? null : endMs;
}

/** The slice's flow log lines in the order of logging, each with its line end. */
export function demoLines(world: World, slice: DemoSlice): readonly string[] {
  const merged = new Map<string, MergedReport>();
  const firstMinute = slice.fromMs / minuteMs - lookBackMinutes;
  for (let minute = firstMinute; minute < slice.toMs / minuteMs; minute += 1) {
    for (const exchange of demoExchanges(world, minute)) {
      for (const report of calicoReports(exchange, minuteMs)) {
        if (report.windowEndMs >= slice.fromMs && report.windowEndMs < slice.toMs) {
          mergeReport(merged, report, slice);
        }
      }
    }
  }
  return [...merged.values()]
    .sort((a, b) => a.windowEndMs - b.windowEndMs || a.exchange.link.id - b.exchange.link.id)
    .map((report) => `${calicoLine(world, report, 'owners')}\n`);
}

type MergedReport = { -readonly [Field in keyof CalicoReport]: CalicoReport[Field] };

/** Felix tells what has the same owners, port, node and window as one record. */
function mergeReport(merged: Map<string, MergedReport>, report: CalicoReport, slice: DemoSlice): void {
  const { exchange, reporter, node } = report;
  const { earlierMs, laterMs } = widening(report, slice);
  const windowEndMs = report.windowEndMs + laterMs;
  const key = `${exchange.link.id} ${exchange.serverPort} ${reporter} ${node.name} ${windowEndMs}`;
  const known = merged.get(key);
  if (known === undefined) {
    merged.set(key, { ...report, windowStartMs: report.windowStartMs - earlierMs, windowEndMs });
    return;
  }
  known.flows += report.flows;
  known.started += report.started;
  known.completed += report.completed;
  known.packetsToServer += report.packetsToServer;
  known.packetsToClient += report.packetsToClient;
  known.bytesToServer += report.bytesToServer;
  known.bytesToClient += report.bytesToClient;
}

/** How much wider the slice's coarser flush is, to both sides; each node counts its flushes from a moment of its own. */
function widening(
  report: CalicoReport,
  slice: DemoSlice,
): { readonly earlierMs: number; readonly laterMs: number } {
  const { flushMinutes } = slice;
  const minutes = (slice.toMs - slice.fromMs) / minuteMs;
  const minute = Math.floor((report.windowEndMs - slice.fromMs) / minuteMs);
  const offset = Math.floor(report.node.phaseMs / 1_000) % flushMinutes;
  const group = Math.floor((minute + offset) / flushMinutes);
  const first = Math.max(0, group * flushMinutes - offset);
  const last = Math.min(minutes - 1, group * flushMinutes - offset + flushMinutes - 1);
  return { earlierMs: (minute - first) * minuteMs, laterMs: (last - minute) * minuteMs };
}
