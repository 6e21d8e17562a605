import type { Frozen } from '#lib/contracts/frozen.ts';
import { endpointKinds } from '#lib/flows/flow-record.ts';
import type { Verdict } from '#lib/flows/verdict.ts';
import type { End, Traffic } from '../model.ts';

/** Rows of traffic ⇄ the columns that they are kept as. */

const verdicts: readonly Verdict[] = ['allowed', 'denied', 'dropped'];
const kinds: readonly End['kind'][] = [...endpointKinds, 'namespace', 'cluster', 'outside-scope'];
const counters = [
  'records',
  'flows',
  'connections',
  'connectionsKnown',
  'bytes',
  'bytesKnown',
  'packets',
  'packetsKnown',
] as const;

const noPort = -1;
const otherPort = -2;

/** Numbers words in the order in which they come. */
function dictionary() {
  const words: string[] = [];
  const known = new Map<string, number>();
  const indexOf = (word: string): number => {
    const index = known.get(word) ?? words.push(word) - 1;
    known.set(word, index);
    return index;
  };
  return { words, indexOf };
}

export function toColumns(rows: readonly Traffic[], fromMs: number): Frozen {
  const [clusters, kindWords, namespaces, names] = [dictionary(), dictionary(), dictionary(), dictionary()];
  const [protocols, endKeys] = [dictionary(), dictionary()];
  const ends: Frozen['ends'] = { cluster: [], kind: [], namespace: [], name: [] };
  const endIndex = ({ cluster, kind, namespace, name }: End): number => {
    const index = endKeys.indexOf(JSON.stringify([cluster, kind, namespace, name]));
    if (index === ends.kind.length) {
      ends.cluster.push(clusters.indexOf(cluster));
      ends.kind.push(kindWords.indexOf(kind));
      ends.namespace.push(namespaces.indexOf(namespace ?? ''));
      ends.name.push(names.indexOf(name));
    }
    return index;
  };
  // What looks alike stands together.
  const sorted = rows
    .map((row) => ({ row, source: endIndex(row.source), target: endIndex(row.target) }))
    .sort((a, b) => a.source - b.source || a.target - b.target);
  const columnOf = (value: (one: (typeof sorted)[number]) => number): number[] => sorted.map(value);
  const sumColumns = Object.fromEntries(
    counters.map((name) => [name, columnOf(({ row }) => row.sums[name])]),
  ) as Pick<Frozen, (typeof counters)[number]>;
  return {
    v: 1,
    source: columnOf(({ source }) => source),
    target: columnOf(({ target }) => target),
    sides: columnOf(({ row }) => Number(row.inScope.source) + 2 * Number(row.inScope.target)),
    protocol: columnOf(({ row }) => protocols.indexOf(row.protocol)),
    port: columnOf(({ row: { port } }) => (port === null ? noPort : port === 'other' ? otherPort : port)),
    verdict: columnOf(({ row }) => verdicts.indexOf(row.verdict)),
    ...sumColumns,
    fromMs,
    lastSeen: columnOf(({ row }) => row.lastSeenMs - fromMs),
    clusters: clusters.words,
    kinds: kindWords.words,
    namespaces: namespaces.words,
    names: names.words,
    ends,
    protocols: protocols.words,
  };
}

export function fromColumns(frozen: Frozen): readonly Traffic[] {
  const ends = frozen.ends.kind.map((_, index): End => {
    const kind = frozen.kinds[at(frozen.ends.kind, index)];
    const namespace = frozen.namespaces[at(frozen.ends.namespace, index)] ?? '';
    return {
      cluster: frozen.clusters[at(frozen.ends.cluster, index)] ?? '',
      kind: kinds.find((known) => known === kind) ?? 'unknown',
      namespace: namespace === '' ? null : namespace,
      name: frozen.names[at(frozen.ends.name, index)] ?? '',
    };
  });
  const unknown: End = { cluster: '', kind: 'outside-scope', namespace: null, name: '' };
  return frozen.source.map((source, row): Traffic => {
    const port = at(frozen.port, row);
    const sides = at(frozen.sides, row);
    const sum = (name: (typeof counters)[number]) => at(frozen[name], row);
    return {
      source: ends[source] ?? unknown,
      target: ends[at(frozen.target, row)] ?? unknown,
      inScope: { source: sides % 2 === 1, target: sides >= 2 },
      protocol: frozen.protocols[at(frozen.protocol, row)] ?? '',
      port: port === noPort ? null : port === otherPort ? 'other' : port,
      verdict: verdicts[at(frozen.verdict, row)] ?? 'dropped',
      sums: {
        records: sum('records'),
        flows: sum('flows'),
        connections: sum('connections'),
        connectionsKnown: sum('connectionsKnown'),
        bytes: sum('bytes'),
        bytesKnown: sum('bytesKnown'),
        packets: sum('packets'),
        packetsKnown: sum('packetsKnown'),
      },
      lastSeenMs: frozen.fromMs + at(frozen.lastSeen, row),
    };
  });
}

function at(column: readonly number[], index: number): number {
  return column[index] ?? 0;
}
