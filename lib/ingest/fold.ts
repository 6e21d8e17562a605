import type { Batch } from './batch.ts';
import type { ChannelEntry } from './dimension-entries.ts';
import { type Id, noId } from './id63.ts';
import { addTraceCell, type TraceIds } from './trace-cells.ts';

const MINUTES_PER_HOUR = 60;

/** Records of one channel that are kept under a coarser one; `hour` (since the epoch) null is always. */
export type ChannelFold = { readonly from: Id; readonly hour: number | null; readonly to: ChannelEntry };

/** What the guards took out of a batch so that no table grows without end. The sums stay what they were. */
export type Folds = {
  /** One step after the other: a later one may fold what an earlier one made. */
  readonly channels: readonly (readonly ChannelFold[])[];
  /** Pods and policy traces whose names are not kept. */
  readonly pods: readonly Id[];
  readonly traces: readonly Id[];
};

export function isEmpty({ channels, pods, traces }: Folds): boolean {
  return channels.length === 0 && pods.length === 0 && traces.length === 0;
}

/** Moves the batch's counters and traces. Packet events follow, since they point at the same cells. */
export function foldCounters(
  batch: Batch,
  channels: readonly ChannelFold[],
  traces: Folds['traces'] = [],
): void {
  const targets = new Map(channels.map(({ from, hour, to }) => [nameOf(from, hour), to]));
  const placeOf = (channel: Id, hour: number): Partial<Place> => {
    const to = targets.get(nameOf(channel, hour)) ?? targets.get(nameOf(channel, null));
    return to === undefined
      ? {}
      : { channel: to.id, srcNs: to.client.namespaceId, dstNs: to.server.namespaceId };
  };
  for (const cell of batch.cells) {
    Object.assign(cell, placeOf(cell.channel, Math.floor(cell.minute / MINUTES_PER_HOUR)));
  }
  const unnamed = new Set(traces.map(({ text }) => text));
  const named = (id: Id): Id => (unnamed.has(id.text) ? noId : id);
  const cells = [...batch.traces.values()];
  batch.traces.clear();
  for (const cell of cells) {
    const names = { enforced: named(cell.enforced), pending: named(cell.pending) };
    addTraceCell(batch.traces, { ...cell, ...placeOf(cell.channel, cell.hour), ...names });
  }
  if (unnamed.size === 0) return;
  for (const { events } of batch.tuples.values())
    for (const event of events) event.traces = namedTraces(event.traces, unnamed);
}

type Place = { readonly channel: Id; readonly srcNs: Id; readonly dstNs: Id };

function namedTraces(ids: TraceIds, unnamed: ReadonlySet<string>): TraceIds {
  const named = (id: Id | null): Id | null => (id === null || unnamed.has(id.text) ? null : id);
  return {
    egress: named(ids.egress),
    egressPending: named(ids.egressPending),
    ingress: named(ids.ingress),
    ingressPending: named(ids.ingressPending),
  };
}

function nameOf(channel: Id, hour: number | null): string {
  return `${channel.text}@${hour ?? ''}`;
}
