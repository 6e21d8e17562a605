import { calicoLine } from '#lib/generate/calico-line.ts';
import { calicoReports } from '#lib/generate/calico-reports.ts';
import type { Exchange, World } from '#lib/generate/exchange.ts';
import { hubbleEvents } from '#lib/generate/hubble-events.ts';
import { createHubbleWriter } from '#lib/generate/hubble-line.ts';
import type { Random } from '#lib/generate/random.ts';

/** A line and when it is logged. */
export type LoggedLine = { readonly atMs: number; readonly text: string };

/** One format's way of telling about traffic. */
export type LineWriter = {
  /** Of one connection, both ends' lines, in any order. */
  readonly linesOf: (exchange: Exchange, random: Random) => readonly LoggedLine[];
  /** A line that is no flow; null in a format that has none. */
  readonly aside: ((atMs: number, random: Random) => LoggedLine) | null;
};

export type Recording = { readonly fromMs: number; readonly toMs: number };

// Felix's default.
const calicoFlushMs = 300_000;

/** Hubble's events as they happen, until the recording ends. */
export function hubbleLineWriter(world: World, recording: Recording): LineWriter {
  const writer = createHubbleWriter();
  const { nodes } = world.placement;
  return {
    linesOf: (exchange, random) =>
      hubbleEvents(world, exchange, random)
        .filter((event) => event.atMs < recording.toMs)
        .map((event) => ({ atMs: event.atMs, text: writer.line(exchange, event, random) })),
    aside: (atMs, random) => {
      const node = nodes[random.below(nodes.length)];
      return { atMs, text: node === undefined ? '' : writer.lostEvents(node, atMs, random) };
    },
  };
}

/** Calico's records of single connections, cut at five-minute flushes and at the ends of the recording. */
export function calicoLineWriter(world: World, recording: Recording): LineWriter {
  return {
    linesOf: (exchange) =>
      calicoReports(exchange, calicoFlushMs)
        .filter((report) => report.windowStartMs < recording.toMs)
        .map((report) => {
          const windowStartMs = Math.max(report.windowStartMs, recording.fromMs);
          const windowEndMs = Math.min(report.windowEndMs, recording.toMs);
          const text = calicoLine(world, { ...report, windowStartMs, windowEndMs }, 'connection');
          return { atMs: windowEndMs, text };
        }),
    aside: null,
  };
}
