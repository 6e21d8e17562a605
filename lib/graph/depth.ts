import type { Level } from '#lib/contracts/graph.ts';
import type { GroupRef } from '#lib/contracts/group-ref.ts';
import type { LayerRef } from '#lib/contracts/layer-ref.ts';
import type { ScreenState } from '#lib/contracts/url-state.ts';
import { type Layer, layerOf, layersOf } from './layers.ts';
import type { DrawnEnd, DrawnTraffic, ServedPort, Traffic } from './model.ts';
import { nodeId } from './node-id.ts';
import { noServiceGroups, type ServiceGroups } from './service-groups.ts';

/** How far down a graph goes: a level, and the nodes that are opened below it. */
export type Depth = {
  readonly level: Level;
  /** Ids of nodes; one that is not drawn, whatever the reason, changes nothing. */
  readonly expanded: ReadonlySet<string>;
  /** Groups of namespaces that are one node at the levels of clusters and namespaces. */
  readonly layers: readonly Layer[];
  /** Groups that were found, by the id of each namespace in them, at the same levels; a layer comes first. */
  readonly found: FoundGroups;
  /** Services and workloads that are one node wherever workloads are drawn, but at the level of ports. */
  readonly groups: ServiceGroups;
};

/** The same as it is asked for. */
export type DepthQuery = {
  readonly level: Level;
  readonly expand?: readonly string[];
  readonly layers?: readonly LayerRef[];
  /** What namespaces are grouped by; null: nothing. */
  readonly group?: GroupRef | null;
};

/** The question of a state that is drawn as it was kept: where it says nothing of groups, there are none. */
export function depthOfState({
  level,
  expanded: expand,
  layers,
  group,
}: Pick<ScreenState, 'level' | 'expanded' | 'layers' | 'group'>): DepthQuery {
  return { level, expand, layers, group: group === 'none' ? null : group };
}

export type FoundGroups = ReadonlyMap<string, Layer>;

export const noFoundGroups: FoundGroups = new Map();

export function depthOf(
  { level, expand = [], layers = [] }: DepthQuery,
  groups: ServiceGroups = noServiceGroups,
  found: FoundGroups = noFoundGroups,
): Depth {
  return { level, expanded: new Set(expand), layers: layersOf(layers), groups, found };
}

type Undrawn = ServedPort & Pick<Traffic, 'source' | 'target'>;

/** A row of redacted traffic between the nodes that it is drawn between; the server port is the target's. */
export function drawTraffic<T extends Undrawn>(
  row: T,
  depth: Depth,
): Omit<T, 'source' | 'target'> & { readonly source: DrawnEnd; readonly target: DrawnEnd } {
  const { protocol, port } = row;
  return {
    ...row,
    source: drawEnd(row.source, depth),
    target: drawEnd(row.target, depth, { protocol, port }),
  };
}

/** The outermost node that stands for an end and is not opened further. */
export function drawEnd(end: DrawnEnd, depth: Depth, served?: ServedPort): DrawnEnd {
  const [first = end, ...inner] = chainOf(end, depth, served);
  let drawn = first;
  for (const next of inner) {
    if (!isOpen(drawn, depth)) break;
    drawn = { ...next, within: drawn };
  }
  return drawn;
}

function isOpen(end: DrawnEnd, { level, expanded }: Depth): boolean {
  if (level === 'port' && (end.kind === 'workload' || end.kind === 'service')) return true;
  return expanded.size > 0 && expanded.has(nodeId(end));
}

/**
 * The nodes that may stand for an end, from the outermost inwards. What lies outside of clusters and
 * namespaces is itself alone, and so is a far end, of which nothing further is known.
 */
function chainOf(
  end: DrawnEnd,
  { level, layers, groups, found }: Depth,
  served: ServedPort | undefined,
): readonly DrawnEnd[] {
  const { cluster, kind, namespace } = end;
  const isRunning = kind === 'workload' || kind === 'service';
  if (!isRunning && kind !== 'namespace' && kind !== 'host') return [end];
  const chain: DrawnEnd[] = [];
  if (level === 'cluster') chain.push({ cluster, kind: 'cluster', namespace: null, name: '' });
  if (kind === 'host') return [...chain, end];
  if (namespace !== null && (level === 'cluster' || level === 'namespace')) {
    const layer =
      layerOf(namespace, layers) ??
      found.get(nodeId({ cluster, kind: 'namespace', namespace, name: '' })) ??
      null;
    if (layer) chain.push({ cluster, kind: 'layer', namespace: null, name: layer.name, layer });
    if (isRunning) chain.push({ cluster, kind: 'namespace', namespace, name: '' });
  }
  const group =
    level === 'port' || !isRunning
      ? undefined
      : groups.get(nodeId({ cluster, kind, namespace, name: end.name }));
  if (group) chain.push({ cluster, kind: 'service-group', namespace, name: group.services[0] ?? '', group });
  chain.push(end);
  if (isRunning && served) chain.push({ ...end, served });
  return chain;
}

/** Found groups by the namespaces in them. */
export function foundGroups(layers: readonly Layer[]): FoundGroups {
  return new Map(
    layers.flatMap((layer) => {
      const { cluster = '', namespaces } = layer;
      return namespaces.map(
        (namespace) => [nodeId({ cluster, kind: 'namespace', namespace, name: '' }), layer] as const,
      );
    }),
  );
}

/** The found groups that traffic was drawn with. */
export function foundIn(traffic: readonly Pick<DrawnTraffic, 'source' | 'target'>[]): FoundGroups {
  const layers = traffic.flatMap(({ source, target }) => [...layersAround(source), ...layersAround(target)]);
  return foundGroups([...new Set(layers)].filter(({ cluster }) => cluster !== undefined));
}

function layersAround({ layer, within }: DrawnEnd): readonly Layer[] {
  return [...(layer ? [layer] : []), ...(within ? layersAround(within) : [])];
}
