import type { Observation } from './observe.ts';

/** What a graph should say of one edge; null where nobody knows. */
export type Expected = Record<'allowed' | 'denied' | 'dropped', Tally> & {
  readonly ports: readonly string[];
};
type Tally = {
  readonly flows: number;
  readonly connections: number | null;
  readonly bytes: number | null;
  readonly packets: number | null;
};

const dayMs = 86_400_000;

/** The same opening is logged at every trace point: only the first within a second counts. */
export function countOpeningsOnce(observations: readonly Observation[]): void {
  const seen = new Map<string, Observation[]>();
  for (const o of observations) {
    if (o.syn === null) continue;
    const key = [o.kind, o.side, o.syn].join();
    seen.set(key, [...(seen.get(key) ?? []), o]);
  }
  for (const group of seen.values()) {
    const inTime = group.sort((a, b) => a.at - b.at);
    inTime.forEach((o, i) => {
      const before = inTime[i - 1];
      if (before && o.at - before.at <= 1000) o.connections = 0;
    });
  }
}

/** Edges of [from, to), by `client → server`. */
export function answer(
  observations: readonly Observation[],
  from: number,
  to: number,
): Map<string, Expected> {
  const edges = new Map<string, Record<'allowed' | 'denied' | 'dropped', Observation[]>>();
  for (const group of groupBy(observations, (o) => `${Math.floor(o.at / dayMs)} ${o.channel}`).values()) {
    const elected = elect(group);
    for (const o of group) {
      const isElected = o.kind === elected.kind && o.side === elected.side;
      const isOtherLoss =
        o.kind === elected.kind &&
        elected.side !== 'unknown' &&
        o.side !== 'unknown' &&
        o.verdict !== 'allowed';
      if (!(isElected || isOtherLoss) || o.at < from || o.at >= to) continue;
      const key = `${o.client} → ${o.server}`;
      const edge = edges.get(key) ?? { allowed: [], denied: [], dropped: [] };
      edge[o.verdict].push(o);
      edges.set(key, edge);
    }
  }
  return new Map(
    [...edges].map(([key, edge]) => [
      key,
      {
        allowed: tally(edge.allowed),
        denied: tally(edge.denied),
        dropped: tally(edge.dropped),
        ports: [...new Set([...edge.allowed, ...edge.denied, ...edge.dropped].map((o) => o.port))].sort(),
      },
    ]),
  );
}

/** One (kind, side) for a channel and day; the recordings have one kind each, so kinds are only kept apart. */
function elect(day: readonly Observation[]): { readonly kind: string; readonly side: string } {
  const kind = day[0]?.kind ?? '';
  const of = (side: string): readonly Observation[] => day.filter((o) => o.side === side);
  const [source, destination] = [of('source'), of('destination')];
  if (source.length === 0 && destination.length === 0) return { kind, side: 'unknown' };
  if (destination.length === 0) return { kind, side: 'source' };
  if (source.length === 0) return { kind, side: 'destination' };
  const allowed = tally(source.filter((o) => o.verdict === 'allowed'));
  const all = tally(destination);
  const isKnown =
    source.some((o) => o.verdict === 'allowed' && o.connections !== null) && all.connections !== null;
  const more = isKnown ? (allowed.connections ?? 0) > (all.connections ?? 0) : allowed.flows > all.flows;
  return { kind, side: more ? 'source' : 'destination' };
}

function tally(group: readonly Observation[]): Tally {
  const sum = (field: 'connections' | 'bytes' | 'packets'): number | null => {
    const known = group.flatMap((o) => o[field] ?? []);
    return group.length > 0 && known.length === 0 ? null : known.reduce((a, b) => a + b, 0);
  };
  return {
    flows: group.reduce((a, o) => a + o.flows, 0),
    connections: sum('connections'),
    bytes: sum('bytes'),
    packets: sum('packets'),
  };
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}
