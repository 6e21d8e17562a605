import type { Pool } from 'pg';

import type { Batch } from './batch.ts';
import { type ChannelFold, type Folds, foldCounters } from './fold.ts';
import { type Ceilings, type Collector, ceilings, foldNewcomers } from './fold-newcomers.ts';
import { foldPorts } from './fold-ports.ts';

/** What the guards did to a batch; `counts` says how much of what was folded, for people to see. */
export type Guarded = { readonly folds: Folds; readonly counts: ReadonlyMap<string, number> };

/**
 * Keeps dimensions from growing without end: ports first, since they are the usual reason, then whatever
 * is new beyond the collector's ceilings. Changes the batch before anything of it is written. `before`
 * settles once the batch before this one is committed.
 */
export async function guardCardinality(
  pool: Pool,
  batch: Batch,
  collector: Collector,
  before: Promise<void>,
  limits: Ceilings = ceilings,
): Promise<Guarded> {
  const ports = await foldPorts(pool, batch, before);
  if (ports.length > 0) foldCounters(batch, ports);
  const steps = ports.length > 0 ? [replaceChannels(batch, ports)] : [];
  const { channels, pods, traces, counts } = await foldNewcomers(pool, batch, collector, limits);
  if (channels.length + traces.length > 0) foldCounters(batch, channels, traces);
  if (channels.length > 0) steps.push(channels);
  const all = new Map<string, number>(counts);
  if (ports.length > 0) all.set('port', ports.length);
  return { folds: { channels: steps, pods, traces }, counts: all };
}

/**
 * A channel of which some counted hour is left stays. The others go, with raw flows that nobody counts at
 * any hour, and what stands for them comes.
 */
function replaceChannels(
  { cells, dimensions }: Batch,
  folds: readonly ChannelFold[],
): readonly ChannelFold[] {
  const counted = new Set(cells.map(({ channel }) => channel.text));
  const gone = new Map(
    folds
      .filter(({ from }) => !counted.has(from.text))
      .map((fold) => [fold.from.text, { ...fold, hour: null }]),
  );
  const others = new Set(folds.map(({ to }) => to));
  const kept = dimensions.channels.filter(({ id }) => !gone.has(id.text));
  dimensions.channels.splice(0, dimensions.channels.length, ...new Set([...kept, ...others]));
  return [...folds.filter(({ from }) => !gone.has(from.text)), ...gone.values()];
}
