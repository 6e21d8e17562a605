import { codeOf } from '#lib/db/codes.ts';
import type { EndpointKind } from '#lib/flows/flow-record.ts';
import { type Id, idOf, noId } from './id63.ts';
import type { Cell } from './rollup-cells.ts';

// What is remembered of names and of what they make up, and how each is made.

/** One row of a dimension; `isStored` once it is known to be committed. */
type Stored = { readonly id: Id; isStored: boolean; seenInBatch: number };

export type NamespaceEntry = Stored & { readonly cluster: string; readonly name: string };

export type EndpointEntry = Stored & {
  readonly cluster: string;
  readonly kind: number;
  readonly kindName: EndpointKind;
  readonly namespace: NamespaceEntry | null;
  readonly namespaceId: Id;
  readonly name: string;
  workloadKind: string | null;
  readonly pods: Map<string, PodEntry>;
  /** What was noted last, since most records of an endpoint carry the same labels on the same day. */
  lastLabels: EndpointLabelsEntry | null;
};

export type PodEntry = Stored & { readonly namespaceId: Id; readonly name: string };

/** The channels between two endpoints by one protocol, which differ in nothing but the port. */
export type Pair = {
  readonly channels: ChannelEntry[];
  /** So many that a batch must be compared with what is stored of its hours. */
  isWide: boolean;
};

export type ChannelEntry = Stored & {
  readonly client: EndpointEntry;
  readonly server: EndpointEntry;
  readonly protocol: string;
  readonly port: number;
  readonly pair: Pair;
  /** The counters of the batch that is being filled, by minute, kind, reporter and verdict. */
  readonly cells: Map<number, Cell>;
  cellsOfBatch: number;
};

export type TraceEntry = Stored & { readonly hits: string };

export type LabelSetEntry = Stored & { readonly labels: readonly string[] };

export type EndpointLabelsEntry = {
  readonly endpoint: EndpointEntry;
  readonly labelSet: LabelSetEntry;
  readonly day: number;
  isStored: boolean;
  seenInBatch: number;
};

/** What a batch meets and the database may not have yet. */
export type NewDimensions = {
  readonly namespaces: NamespaceEntry[];
  readonly endpoints: EndpointEntry[];
  readonly pods: PodEntry[];
  readonly channels: ChannelEntry[];
  readonly traces: TraceEntry[];
  readonly labelSets: LabelSetEntry[];
  readonly endpointLabels: EndpointLabelsEntry[];
};

export function noNewDimensions(): NewDimensions {
  return {
    namespaces: [],
    endpoints: [],
    pods: [],
    channels: [],
    traces: [],
    labelSets: [],
    endpointLabels: [],
  };
}

export function newEndpoint(
  cluster: string,
  kindName: EndpointKind,
  namespace: NamespaceEntry | null,
  name: string,
  workloadKind: string | null,
): EndpointEntry {
  return {
    id: idOf('endpoint', cluster, kindName, namespace?.name ?? '', name),
    cluster,
    kind: codeOf('endpointKind', kindName),
    kindName,
    namespace,
    namespaceId: namespace?.id ?? noId,
    name,
    workloadKind,
    pods: new Map(),
    lastLabels: null,
    isStored: false,
    seenInBatch: 0,
  };
}

export function pairKey(client: EndpointEntry, server: EndpointEntry, protocol: string): string {
  return `${client.id.text}/${server.id.text}/${protocol}`;
}

export function newChannel(
  client: EndpointEntry,
  server: EndpointEntry,
  protocol: string,
  port: number,
  pair: Pair,
): ChannelEntry {
  const id = idOf('channel', client.id.text, server.id.text, protocol, port);
  const memory = { cells: new Map<number, Cell>(), cellsOfBatch: 0, isStored: false, seenInBatch: 0 };
  return { id, client, server, protocol, port, pair, ...memory };
}

/** After the dimensions of a batch are committed: from now on they need no more asking. */
export function markStored(dimensions: NewDimensions): void {
  for (const list of Object.values(dimensions)) for (const entry of list) entry.isStored = true;
}
