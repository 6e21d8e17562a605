import fc from 'fast-check';
import { limitedScope, type Scope } from '#lib/access/scope.ts';
import type { Grouping } from '#lib/db/sql/ends.ts';
import type { Traffic } from '#lib/graph/model.ts';
import { dayMs, type Fact, firstDayMs, namespaces, type Place, placeOf } from './scoped-estate.ts';

/** A scope in the words of the model. */
export type Sight = {
  readonly whole: readonly number[];
  readonly since: readonly { readonly ns: number; readonly day: number }[];
  readonly clusters: readonly string[];
  readonly farEnd: 'namespace' | 'nothing';
};

export const anySight: fc.Arbitrary<Sight> = fc
  .record({
    picked: fc.array(fc.constantFrom('no', 'no', 'whole', 'since-0', 'since-1'), {
      minLength: 5,
      maxLength: 5,
    }),
    clusters: fc.subarray(['c1', 'c2'], { maxLength: 1 }),
    isCluster: fc.boolean(),
    farEnd: fc.constantFrom('namespace', 'nothing'),
  })
  .map(({ picked, clusters: some, isCluster, farEnd }) => {
    const clusters = isCluster ? some : [];
    const state = ({ id, cluster }: (typeof namespaces)[number]): string =>
      clusters.includes(cluster) ? 'whole' : (picked[id - 1] ?? 'no');
    return {
      whole: namespaces.filter((ns) => state(ns) === 'whole').map(({ id }) => id),
      since: namespaces.flatMap((ns) => {
        const [word, day] = state(ns).split('-');
        return word === 'since' ? [{ ns: ns.id, day: Number(day) }] : [];
      }),
      clusters,
      farEnd,
    };
  });

export function scopeOf({ whole, since, clusters, farEnd }: Sight): Scope {
  return limitedScope({
    clusters,
    // Listed here too: the narrower one counts.
    namespaceIds: [...whole, ...since.map(({ ns }) => ns)].map(BigInt),
    // An hour after midnight is the next day.
    namespacesSince: since.map(({ ns, day }) => ({
      id: BigInt(ns),
      sinceMs: firstDayMs + (day - 1) * dayMs + 3_600_000,
    })),
    farEnd,
  });
}

export function isOwn({ whole, since, clusters }: Sight, place: Place, day: number): boolean {
  if (place.ns === 0) return clusters.includes(place.cluster);
  return whole.includes(place.ns) || since.some((one) => one.ns === place.ns && one.day <= day);
}

export function isVisible(
  sight: Sight,
  { source, target, day }: Pick<Fact, 'source' | 'target' | 'day'>,
): boolean {
  return isOwn(sight, placeOf(source), day) || isOwn(sight, placeOf(target), day);
}

/** What the viewer reads of an end, as a line of text. */
function endText(sight: Sight, place: Place, day: number, byNamespace: boolean): string {
  const inNamespace = `${place.cluster} namespace ${nameOf(place.ns)}`;
  const isOutside = place.ns === 0;
  if (!isOwn(sight, place, day)) {
    if (!isOutside) return sight.farEnd === 'namespace' ? inNamespace : 'outside';
    const namesNobody = [5, 6, 7].includes(place.kind) || place.name === 'kube-apiserver';
    if (!namesNobody) return 'outside';
  } else if (byNamespace && !isOutside && place.kind < 3) return inNamespace;
  const kinds = ['', 'workload', 'service', 'host', 'networkset', 'domain', 'network', 'unknown'];
  return `${place.cluster} ${kinds[place.kind]} ${isOutside ? '-' : nameOf(place.ns)} ${place.name}`;
}

/** Whether what runs in its namespace is one end; written down anew, as everything here. */
function isFolded({ cluster, ns }: Place, grouping: Grouping): boolean {
  if (typeof grouping === 'string') return grouping === 'namespace';
  return !grouping.opened.includes(`${cluster}/namespace/${nameOf(ns)}`);
}

function nameOf(ns: number): string {
  return namespaces.find(({ id }) => id === ns)?.name ?? '';
}

/** The same line of an end that was read. */
function readText({ cluster, kind, namespace, name }: Traffic['source']): string {
  if (kind === 'outside-scope') return 'outside';
  return kind === 'namespace'
    ? `${cluster} namespace ${namespace}`
    : `${cluster} ${kind} ${namespace ?? '-'} ${name}`;
}

type Line = readonly [text: string, flows: number, lastSeenMs: number];

/** Rows of traffic as lines that can be compared. */
export function linesOf(rows: readonly Traffic[], sides: 'with-sides' | 'without'): readonly string[] {
  return summed(
    rows.map((row) => {
      const own = sides === 'without' ? '' : ` ${row.inScope.source} ${row.inScope.target}`;
      const text = `${readText(row.source)} > ${readText(row.target)} ${row.port} ${row.verdict}${own}`;
      return [text, row.sums.flows, row.lastSeenMs];
    }),
  );
}

/** What the viewer should read, from what the whole estate reads of each day, channel by channel. */
export function expectedLines(
  sight: Sight,
  days: readonly (readonly Traffic[])[],
  grouping: Grouping,
  sides: 'with-sides' | 'without',
): readonly string[] {
  const lines = days.flatMap((rows, day) =>
    rows.flatMap((row): readonly Line[] => {
      const port = Number(row.port);
      const [source, target] = [placeOf(Math.floor(port / 1000)), placeOf(port % 1000)];
      const own = [isOwn(sight, source, day), isOwn(sight, target, day)];
      if (!own.includes(true)) return [];
      const ends = [source, target].map((place) => endText(sight, place, day, isFolded(place, grouping)));
      const text = `${ends.join(' > ')} ${port} ${row.verdict}${sides === 'without' ? '' : ` ${own.join(' ')}`}`;
      return [[text, row.sums.flows, row.lastSeenMs]];
    }),
  );
  return summed(lines);
}

function summed(lines: readonly Line[]): readonly string[] {
  const sums = new Map<string, { flows: number; lastSeenMs: number }>();
  for (const [text, flows, lastSeenMs] of lines) {
    const known = sums.get(text) ?? { flows: 0, lastSeenMs: 0 };
    sums.set(text, { flows: known.flows + flows, lastSeenMs: Math.max(known.lastSeenMs, lastSeenMs) });
  }
  return [...sums].map(([text, { flows, lastSeenMs }]) => `${text}: ${flows} until ${lastSeenMs}`).toSorted();
}
