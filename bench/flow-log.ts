import type { Link } from '#lib/generate/estate.ts';
import { clientPortOf, createWorld, drawExchange } from '#lib/generate/exchange.ts';
import { calicoLineWriter, hubbleLineWriter, type LoggedLine } from '#lib/generate/line-writer.ts';
import { createRandom } from '#lib/generate/random.ts';

/** What log a measurement is made with: the same for the same parts, any slice of minutes on its own. */
export type LogSpec = {
  readonly seed: number;
  readonly format: 'hubble' | 'calico';
  readonly fromMinute: number;
  readonly toMinute: number;
};

export const CHANNELS = 5_000;
export const ZIPF_EXPONENT = 1.1;
/** A mid-sized cluster: 83 lines a second, so that 300,000 lines are an hour. */
export const LINES_PER_MINUTE = 5_000;

const NAMESPACES = 900;
const MINUTE_MS = 60_000;
const START_MS = Date.UTC(2026, 5, 1);
const TRAFFIC = 11;
const RANKS = 12;

/** The lines of each minute, in the order of their times. */
export function* linesOf(spec: LogSpec): Generator<readonly string[]> {
  const world = createWorld({ namespaces: NAMESPACES, workloads: null }, spec.seed);
  const recording = { fromMs: START_MS, toMs: START_MS + 366 * 1440 * MINUTE_MS };
  const writer =
    spec.format === 'hubble' ? hubbleLineWriter(world, recording) : calicoLineWriter(world, recording);
  const pick = zipfPicker(channelsOf(world.estate.links, spec), spec.seed);
  for (let minute = spec.fromMinute; minute < spec.toMinute; minute += 1) {
    const random = createRandom(spec.seed, TRAFFIC, minute);
    const logged: LoggedLine[] = [];
    for (let nth = minute * LINES_PER_MINUTE; logged.length < LINES_PER_MINUTE; nth += 1) {
      const link = pick(random.next());
      const startedAtMs = START_MS + (minute + random.next()) * MINUTE_MS;
      const occasion = { startedAtMs, connections: 1, clientPort: clientPortOf(link, nth) };
      logged.push(...writer.linesOf(drawExchange(world, link, occasion, random), random));
    }
    logged.length = LINES_PER_MINUTE;
    yield logged.sort((a, b) => a.atMs - b.atMs).map((line) => line.text);
  }
}

/** One link for each pair of ends, protocol and port, which is what a channel is. */
function channelsOf(links: readonly Link[], { format }: LogSpec): readonly Link[] {
  const channels = new Map<string, Link>();
  for (const link of links) {
    const isLogged = link.perHour > 0 && (format === 'hubble' || link.outcome !== 'dropped');
    const key = JSON.stringify([link.from, link.to, link.protocol, link.port]);
    if (isLogged && channels.size < CHANNELS) channels.set(key, channels.get(key) ?? link);
  }
  if (channels.size < CHANNELS) throw new Error(`the estate has only ${channels.size} channels`);
  return [...channels.values()];
}

/** A link by a number from 0 to 1: the nth in a shuffled order has 1/n^1.1 of the first one's traffic. */
function zipfPicker(links: readonly Link[], seed: number): (at: number) => Link {
  const random = createRandom(seed, RANKS);
  const ranked = links
    .map((link) => ({ link, place: random.next() }))
    .sort((a, b) => a.place - b.place)
    .map(({ link }) => link);
  let sum = 0;
  const sums = ranked.map((_, rank) => {
    sum += (rank + 1) ** -ZIPF_EXPONENT;
    return sum;
  });
  return (at) => {
    let low = 0;
    let high = sums.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) <= at * sum) low = middle + 1;
      else high = middle;
    }
    const link = ranked[low];
    if (link === undefined) throw new Error('no link to draw from');
    return link;
  };
}
