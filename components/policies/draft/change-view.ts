import type { GraphDocument, GraphEdge } from '#lib/contracts/graph.ts';
import type { OverlayExample, OverlayValue } from '#lib/contracts/overlay.ts';
import { formatCount } from '#lib/kit/format-number.ts';

/** What other policies would change in the graph that is shown: how much, and where. */

export type ChangeKind = 'newly-denied' | 'newly-allowed' | 'undecidable' | 'same';

type ChangeCount = { readonly kind: ChangeKind; readonly connections: number; readonly flows: number };

export type ChangeRow = {
  readonly edgeId: string;
  readonly from: string;
  readonly to: string;
  readonly kinds: readonly ChangeKind[];
  readonly connections: number;
  readonly flows: number;
  readonly examples: readonly ExampleRow[];
};

export type ExampleRow = {
  readonly key: string;
  readonly text: string;
  /** What happens to it, and by what. */
  readonly change: string;
  readonly by: string;
};

export type ChangeView = { readonly counts: readonly ChangeCount[]; readonly rows: readonly ChangeRow[] };

const kinds: readonly ChangeKind[] = ['newly-denied', 'newly-allowed', 'undecidable', 'same'];

/** null until the server has answered. */
export function toChangeView({ edges, nodes, overlay }: GraphDocument): ChangeView | null {
  if (overlay === undefined) return null;
  const names = new Map(nodes.map(({ id, label }) => [id, label]));
  const counts = kinds.map((kind) => {
    const counted = overlay.counts.find(({ value }) => value === kind);
    return { kind, connections: counted?.connections ?? 0, flows: counted?.flows ?? 0 };
  });
  const rows = edges.flatMap((edge) => rowOf(edge, names));
  return { counts, rows: rows.toSorted((a, b) => weightOf(b) - weightOf(a) || b.flows - a.flows) };
}

function rowOf(edge: GraphEdge, names: ReadonlyMap<string, string>): readonly ChangeRow[] {
  const { overlay } = edge;
  if (overlay === undefined) return [];
  const found = kindsOf(overlay.value);
  if (found.length === 0) return [];
  const counted = overlay.counts.filter(({ value }) => found.some((kind) => kind === value));
  return [
    {
      edgeId: edge.id,
      from: names.get(edge.source) ?? edge.source,
      to: names.get(edge.target) ?? edge.target,
      kinds: found,
      connections: counted.reduce((sum, { connections }) => sum + connections, 0),
      flows: counted.reduce((sum, { flows }) => sum + flows, 0),
      examples: overlay.examples.map(exampleRow),
    },
  ];
}

function kindsOf(value: OverlayValue): readonly ChangeKind[] {
  if (value === 'changed') return ['newly-denied', 'newly-allowed'];
  return value === 'newly-denied' || value === 'newly-allowed' || value === 'undecidable' ? [value] : [];
}

/** What is cut off comes first, then what is opened, then what nobody can tell. */
function weightOf({ kinds: found }: ChangeRow): number {
  if (found.includes('newly-denied')) return 2;
  return found.includes('newly-allowed') ? 1 : 0;
}

/** A connection in words: who, whom, where, and what becomes of it. */
export function exampleRow(example: OverlayExample): ExampleRow {
  const { source, target, protocol, port, before, after, flows, decidedBy, missing } = example;
  const at = port === null ? protocol : `${protocol} ${port}`;
  return {
    key: `${source} ${target} ${at}`,
    text: `${endText(source)} → ${endText(target)}, ${at}`,
    change:
      after === null
        ? `${before} today, recorded ${example.recorded}`
        : `${before} → ${after}, ${formatCount(flows)} ${flows === 1 ? 'flow' : 'flows'}`,
    by: missing.length > 0 ? `missing: ${missing.join('; ')}` : decidedBy,
  };
}

/** Ends come as ids of nodes: the cluster is said already, and people know what is in it by namespace and name. */
export function endText(id: string): string {
  const [, kind, ...rest] = id.split('/');
  if (kind === undefined || rest.length === 0) return id === 'outside-scope' ? 'outside your scope' : id;
  if (kind === 'network') return rest[0] === 'public' ? 'public network' : 'private network';
  if (kind === 'workload' || kind === 'namespace' || kind === 'domain') return rest.join('/');
  return `${kind} ${rest.join('/')}`;
}
