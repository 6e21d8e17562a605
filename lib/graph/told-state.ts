import { matchesPattern } from '#lib/access/match-pattern.ts';
import { type LayerRef, parseCustomLayer, writeCustomLayer } from '#lib/contracts/layer-ref.ts';
import type { ScreenState, Selection } from '#lib/contracts/url-state.ts';
import { leavesOf } from '#lib/filter/expression.ts';
import { mentions, parseFilter } from '#lib/filter/filter.ts';
import { nodeId } from './node-id.ts';

/** What a reader's own graph shows them, by which a state that somebody else made is cut down. */
export type Told = {
  readonly clusters: ReadonlySet<string>;
  /** Ids of every node that they can come to see. */
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
  /** Names of clusters, namespaces, workloads and of what else has one. */
  readonly names: readonly string[];
};

/** A state without what names anything that its reader is not shown anyway. */
export function toldState(state: ScreenState, told: Told): ScreenState {
  const { cluster, expanded, selection, find, hide, group } = state;
  const layers = state.layers.flatMap((layer) => toldLayer(layer, told));
  const nodes = new Set([...told.nodes, ...customLayerIds(layers, told)]);
  return {
    ...state,
    cluster: cluster !== null && told.clusters.has(cluster) ? cluster : null,
    expanded: expanded.filter((id) => isToldNode(id, nodes)),
    layers,
    group: toldGroup(group),
    selection:
      selection !== null && isToldSelection(selection, { nodes, edges: told.edges }) ? selection : null,
    find: toldFilter(find, told),
    hide: toldFilter(hide, told),
  };
}

/** The key of a label may be one that they are not shown: theirs is the one that groups their own best. */
export function toldGroup(group: ScreenState['group']): ScreenState['group'] {
  return group?.startsWith('label:') ? 'label' : group;
}

function isToldSelection({ kind, id }: Selection, { nodes, edges }: Pick<Told, 'nodes' | 'edges'>): boolean {
  return kind === 'edge' ? edges.has(id) : isToldNode(id, nodes);
}

const portId = /^([^/]+\/(?:workload|service)\/[^/]*\/[^/]*)\/[a-z0-9]{1,16}(?:\/(?:\d{1,5}|other))?$/;

/** A port is its workload's: whoever sees that may know of any port. */
function isToldNode(id: string, nodes: Told['nodes']): boolean {
  return nodes.has(id) || nodes.has(portId.exec(id)?.[1] ?? '');
}

/** What layers that their reader is told of are as nodes: their names and those of the clusters are theirs anyway. */
function customLayerIds(layers: readonly LayerRef[], { clusters }: Told): readonly string[] {
  const names = layers.flatMap((ref) => parseCustomLayer(ref)?.name ?? []);
  return [...clusters].flatMap((cluster) =>
    names.map((name) => nodeId({ cluster, kind: 'layer', namespace: null, name })),
  );
}

/** A layer of what its reader is shown: of others not even the name. */
function toldLayer(ref: LayerRef, told: Told): readonly LayerRef[] {
  const custom = parseCustomLayer(ref);
  if (custom === null) return [ref];
  const namespaces = custom.namespaces.filter((pattern) =>
    told.names.some((name) => matchesPattern(pattern, name)),
  );
  return namespaces.length === 0 ? [] : [writeCustomLayer({ ...custom, namespaces })];
}

/** A filter whose every word is of something that its reader is shown; '' for any other. */
function toldFilter(text: string, told: Told): string {
  const parsed = parseFilter(text);
  if (!parsed.ok || parsed.value === null || mentions(parsed.value, ['policy', 'tier', 'label'])) return '';
  const words = leavesOf(parsed.value.expression).flatMap((leaf) =>
    leaf.kind === 'comparison' && !isOpen(leaf.field.name) ? leaf.values.map(String) : [],
  );
  return words.every((word) => isToldWord(word, told)) ? text : '';
}

/** Fields whose values are the same everywhere. */
function isOpen(name: string): boolean {
  return ['kind', 'port', 'protocol', 'verdict'].includes(name);
}

/** Part of a name is enough: expressions look for parts too. */
export function isToldWord(word: string, { names }: Pick<Told, 'names'>): boolean {
  return names.some((name) => name.includes(word));
}

/** True for a filter that speaks of policies, of which not everybody with one scope may know the same. */
export function speaksOfPolicies(text: string): boolean {
  const parsed = parseFilter(text);
  return !parsed.ok || (parsed.value !== null && mentions(parsed.value, ['policy', 'tier']));
}
