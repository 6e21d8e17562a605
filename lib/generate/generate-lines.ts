import type { Link } from '#lib/generate/estate.ts';
import { clientPortOf, createWorld, drawExchange } from '#lib/generate/exchange.ts';
import { calicoLineWriter, hubbleLineWriter, type LoggedLine } from '#lib/generate/line-writer.ts';
import { createLinkPicker } from '#lib/generate/pick-link.ts';
import { scanExchanges } from '#lib/generate/port-scan.ts';
import { createRandom } from '#lib/generate/random.ts';

export type GenerateOptions = {
  /** Lines in all. */
  readonly flows: number;
  readonly namespaces: number;
  /** null: as many as the namespaces bring along. */
  readonly workloads: number | null;
  readonly fromMs: number;
  readonly toMs: number;
  readonly seed: number;
  readonly format: 'hubble' | 'calico';
};

const trafficStream = 3;
const noiseStream = 4;
const minuteMs = 60_000;
// Below this a scan of forty ports would be most of what there is.
const fewestFlowsForScan = 5_000;
const scanAfter = 0.7;
const linesBetweenAsides = 20_000;
// One connection in four walks the links in turn, so that the rare ones are there too.
const walkEvery = 4;

/** Exactly `flows` lines without line ends, in the order in which they are logged; the same for the same options. */
export function* generateLines(options: GenerateOptions): Generator<string> {
  const world = createWorld(options, options.seed);
  const writer =
    options.format === 'hubble' ? hubbleLineWriter(world, options) : calicoLineWriter(world, options);
  const links = world.estate.links.filter(
    // Calico has no word for a packet that was lost for no policy's sake.
    (link) => link.perHour > 0 && (options.format === 'hubble' || link.outcome !== 'dropped'),
  );
  const picker = createLinkPicker(links);
  const minutes = Math.ceil((options.toMs - options.fromMs) / minuteMs);
  const quotas = quotasOf(options, minutes, picker.busynessAt);
  const scanMinute = options.flows < fewestFlowsForScan ? -1 : Math.floor(minutes * scanAfter);
  const log = createLog(options.flows);
  let connections = 0;

  for (let minute = 0; minute < minutes; minute += 1) {
    const startMs = options.fromMs + minute * minuteMs;
    const endMs = Math.min(startMs + minuteMs, options.toMs);
    const random = createRandom(options.seed, trafficStream, minute);
    for (const exchange of minute === scanMinute ? scanExchanges(world, startMs, random) : []) {
      log.add(writer.linesOf(exchange, random));
    }
    const quota = quotas[minute] ?? options.flows;
    while (log.length() < quota) {
      const link = linkInTurn(links, connections) ?? picker.pick(startMs, random);
      const startedAtMs = startMs + random.next() * (endMs - startMs);
      const occasion = { startedAtMs, connections: 1, clientPort: clientPortOf(link, connections) };
      const before = log.length();
      log.add(writer.linesOf(drawExchange(world, link, occasion, random), random));
      connections += 1;
      const passed = Math.floor(log.length() / linesBetweenAsides) > Math.floor(before / linesBetweenAsides);
      if (passed && writer.aside !== null) log.add([writer.aside(startedAtMs, random)]);
    }
    yield* log.takeBefore(minute === minutes - 1 ? Number.POSITIVE_INFINITY : endMs);
  }
}

/** The link whose turn it is, where it is a connection of the walk. */
function linkInTurn(links: readonly Link[], connections: number): Link | undefined {
  return connections % walkEvery === 0 ? links[(connections / walkEvery) % links.length] : undefined;
}

type Log = {
  readonly add: (lines: readonly LoggedLine[]) => void;
  /** Lines added so far, taken or not. */
  readonly length: () => number;
  /** The texts of what is logged before a moment, in order; they are gone then. */
  readonly takeBefore: (atMs: number) => readonly string[];
};

/** Holds back what is logged later, and takes no more than `most` lines. */
function createLog(most: number): Log {
  let waiting: LoggedLine[] = [];
  let added = 0;
  return {
    add: (lines) => {
      const kept = lines.slice(0, most - added);
      added += kept.length;
      waiting.push(...kept);
    },
    length: () => added,
    takeBefore: (atMs) => {
      waiting.sort((a, b) => a.atMs - b.atMs);
      const later = waiting.findIndex((line) => line.atMs >= atMs);
      const due = later === -1 ? waiting : waiting.slice(0, later);
      waiting = later === -1 ? [] : waiting.slice(later);
      return due.map((line) => line.text);
    },
  };
}

/** How many lines there should be by the end of each minute: the day's rhythm and a little noise. */
function quotasOf(
  options: GenerateOptions,
  minutes: number,
  busynessAt: (atMs: number) => number,
): readonly number[] {
  let sum = 0;
  const sums = Array.from({ length: minutes }, (_, minute) => {
    const noise = 0.85 + 0.3 * createRandom(options.seed, noiseStream, minute).next();
    sum += busynessAt(options.fromMs + minute * minuteMs) * noise;
    return sum;
  });
  return sums.map((part, minute) =>
    minute === minutes - 1 ? options.flows : Math.round((options.flows * part) / sum),
  );
}
