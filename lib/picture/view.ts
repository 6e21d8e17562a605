import type { EdgeChange } from '#lib/contracts/compare.ts';
import type { NodeKind } from '#lib/contracts/graph.ts';
import type { Verdict } from '#lib/flows/verdict.ts';
import type { Amount } from '#lib/kit/amount.ts';
import type { LegendEntry, Shield } from './overlay/overlay.ts';
import type { Tone } from './overlay/tones.ts';

/** What the graph screen shows: made from the wire's documents by view-model.ts, and by nothing else. */

export type IconName =
  | Shield
  | 'cube'
  | 'globe'
  | 'network'
  | 'server'
  | 'cloud'
  | 'set'
  | 'service'
  | 'layers'
  | 'port'
  | 'unknown';

export type NodeView = {
  /** The drawn node: an external one that is client and server is drawn twice. */
  readonly id: string;
  /** The node of the graph document: what a selection names. */
  readonly nodeId: string;
  readonly kind: NodeKind;
  readonly name: string;
  /** The name as far as it fits. */
  readonly label: string;
  readonly icon: IconName;
  readonly isExternal: boolean;
  /** The drawn node that this one is inside of, null for none. */
  readonly parent: string | null;
  /** True for a frame around other nodes. */
  readonly isOpen: boolean;
  /** True where there is something inside to open. */
  readonly canOpen: boolean;
  /** Flows that were denied on the way here. */
  readonly deniedHere: number;
  readonly clients: number;
  readonly servers: number;
  /** Set where there is traffic inside the node: the gravest verdict on it. */
  readonly inside: Verdict | null;
  /** 1, or more for the busiest nodes of a large graph: their names are read first, as on a map. */
  readonly scale: number;
};

/** One line of the picture; an edge is as many lines as the overlay gives it. */
export type StrandView = {
  readonly id: string;
  readonly edgeId: string;
  readonly source: string;
  readonly target: string;
  readonly tone: Tone;
  readonly width: number;
  /** What became of it since another window; null where nothing is compared. */
  readonly change: EdgeChange | null;
};

export type EdgeView = {
  readonly id: string;
  readonly sourceId: string;
  readonly targetId: string;
  readonly from: string;
  readonly to: string;
  readonly ports: readonly string[];
  readonly connections: Amount;
  readonly flows: Amount;
  readonly bytes: Amount;
  readonly denied: Amount;
  readonly dropped: Amount;
  readonly lastSeenAtMs: number;
  readonly verdicts: readonly Verdict[];
  /** What became of it since another window, and what it counted there; null where nothing is compared. */
  readonly compared: { readonly change: EdgeChange; readonly baseFlows: number } | null;
  /** What the overlay says of it, in words. */
  readonly detail: string;
};

export type Totals = {
  readonly connections: Amount;
  readonly bytes: Amount;
  readonly denied: Amount;
  readonly dropped: Amount;
};

export type GraphView = {
  readonly nodes: readonly NodeView[];
  readonly strands: readonly StrandView[];
  readonly edges: readonly EdgeView[];
  /** Nodes of the document, before external ones are drawn twice. */
  readonly nodeCount: number;
  readonly totals: Totals;
  /** What the lines mean. */
  readonly legend: readonly LegendEntry[];
  readonly note: string;
  /** What the overlay lets stand out, by ids of the document; null where everything stands alike. */
  readonly lit: { readonly nodes: ReadonlySet<string>; readonly edges: ReadonlySet<string> } | null;
  /** What to do with the picture on a screen, where there is no note. */
  readonly hint: string;
  /** What `detail` of an edge is called; null where the overlay has no words for edges. */
  readonly detailName: string | null;
};
