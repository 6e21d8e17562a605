import type { GraphDocument } from '#lib/contracts/graph.ts';
import type { Vocabulary } from '#lib/filter/complete.ts';
import type { Value } from '#lib/filter/expression.ts';

/** The values of a picture, to complete expressions with: what is there more often comes first. */
export function vocabularyOf({ nodes, edges }: Pick<GraphDocument, 'nodes' | 'edges'>): Vocabulary {
  const ports = edges.flatMap((edge) => edge.ports);
  const values: Readonly<Record<string, readonly Value[]>> = {
    cluster: byFrequency(nodes.map(({ cluster }) => cluster).filter((name) => name !== '')),
    namespace: byFrequency(nodes.flatMap(({ namespace }) => namespace ?? [])).toSorted(),
    name: nodes.filter(({ kind }) => named.has(kind)).map(nameOf),
    port: byFrequency(ports.flatMap(({ port }) => (typeof port === 'number' ? [port] : []))),
    protocol: byFrequency(ports.map(({ protocol }) => protocol)),
  };
  return { valuesOf: ({ name }) => values[name] ?? [], keys: [] };
}

const named: ReadonlySet<string> = new Set([
  'workload',
  'service',
  'host',
  'networkset',
  'domain',
  'network',
]);

/** The last part of a node's id is its name as flows have it; labels are for people. */
function nameOf({ id }: { readonly id: string }): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

function byFrequency<T extends Value>(all: readonly T[]): readonly T[] {
  const counts = new Map<T, number>();
  for (const value of all) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a).map(([value]) => value);
}
