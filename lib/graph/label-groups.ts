import { compareText } from '#lib/kit/compare-text.ts';
import type { Layer } from './layers.ts';

/** A namespace whose labels the viewer may read. */
export type LabelledNamespace = {
  readonly cluster: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
};

/** A key of labels, and how many groups it makes. */
export type LabelKey = { readonly key: string; readonly groups: number };

// Each namespace has a name of its own in it.
const nameLabel = 'kubernetes.io/metadata.name';
// A grouping that leaves more nodes than this of what there was makes nothing more readable.
const mostLeft = 0.7;
const mostKeys = 8;

/**
 * Keys by which namespaces can be grouped, the best first: neither many groups nor few, and little left out. As many
 * groups as each has members is what can be read best.
 */
export function groupingKeys(namespaces: readonly LabelledNamespace[]): readonly LabelKey[] {
  const keys = new Set(namespaces.flatMap(({ labels }) => Object.keys(labels)));
  const ideal = Math.log(Math.sqrt(namespaces.length));
  return [...keys]
    .filter((key) => key !== nameLabel)
    .map((key) => {
      const layers = labelLayers(namespaces, key);
      const grouped = layers.reduce((sum, layer) => sum + layer.namespaces.length, 0);
      return { key, groups: layers.length, nodes: layers.length + namespaces.length - grouped };
    })
    .filter(({ groups, nodes }) => groups > 1 && nodes <= namespaces.length * mostLeft)
    .sort(
      (a, b) =>
        Math.abs(Math.log(a.nodes) - ideal) - Math.abs(Math.log(b.nodes) - ideal) ||
        compareText(a.key, b.key),
    )
    .slice(0, mostKeys)
    .map(({ key, groups }) => ({ key, groups }));
}

/** Namespaces of one cluster with one value, as a layer each; one alone stays what it is. */
export function labelLayers(namespaces: readonly LabelledNamespace[], key: string): readonly Layer[] {
  const labelled = namespaces.filter(({ labels }) => Object.hasOwn(labels, key));
  const groups = Map.groupBy(labelled, ({ cluster, labels }) => `${cluster}\0${labels[key]}`);
  return [...groups.values()].flatMap((those) => {
    const [first] = those;
    if (first === undefined || those.length < 2) return [];
    const value = first.labels[key] ?? '';
    return [
      {
        cluster: first.cluster,
        name: `${key}=${value}`,
        label: `${value === '' ? key : value} · ${those.length}`,
        namespaces: those.map(({ name }) => name).toSorted(compareText),
      },
    ];
  });
}
