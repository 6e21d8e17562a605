import type { FlowEndpoint } from '#lib/flows/flow-record.ts';
import type { PolicyHit } from '#lib/flows/policy-trace.ts';
import {
  type ChannelEntry,
  type EndpointEntry,
  type EndpointLabelsEntry,
  type LabelSetEntry,
  type NamespaceEntry,
  type NewDimensions,
  newChannel,
  newEndpoint,
  noNewDimensions,
  type Pair,
  type PodEntry,
  pairKey,
  type TraceEntry,
} from './dimension-entries.ts';
import { idOf } from './id63.ts';

/** A name that Postgres cannot store: the record that brings it is refused, not the whole batch. */
export class UnstorableName extends Error {}

/** Server ports of two endpoints and a protocol that one hour keeps apart. */
export const MOST_PORTS = 64;

// Some hundred bytes each; at the limit everything is forgotten and asked of the database again.
const MOST_ENTRIES = 400_000;

// Names that nothing has written for two days may be removed: what is remembered as stored must be younger.
const LONGEST_MEMORY_MS = 6 * 3_600_000;

/** Since when names are remembered and not written again; another object after each forgetting. */
export type Memory = { sinceMs: number };

/**
 * Hands out ids without asking the database: each natural key is hashed once and remembered. `begin`
 * starts a batch; everything that is not known to be stored then lands in that batch's new dimensions.
 */
export function createDimensions() {
  const namespaces = new Map<string, NamespaceEntry>();
  const endpoints = new Map<string, EndpointEntry>();
  /** By client and server, each by namespace and name, and by port; the few that share all of that in a list. */
  const channels: ByNamespace<ByNamespace<Map<number, ChannelEntry[]>>> = new Map();
  const pairs = new Map<string, Pair>();
  const traces = new Map<string, TraceEntry>();
  /** By the list itself: readers hand out the same one for the same policies. */
  let tracesOfHits = new WeakMap<readonly PolicyHit[], TraceEntry>();
  const labelSets = new Map<string, LabelSetEntry>();
  const endpointLabels = new Map<string, EndpointLabelsEntry>();
  let fresh = noNewDimensions();
  let widePairs = new Set<Pair>();
  let batch = 0;
  let entries = 0;
  let unstored = 0;
  let memory: Memory = { sinceMs: Date.now() };

  function noteNew<T extends { isStored: boolean; seenInBatch: number }>(entry: T, list: T[]): void {
    if (entry.isStored) return;
    unstored += 1;
    if (entry.seenInBatch === batch) return;
    entry.seenInBatch = batch;
    list.push(entry);
  }

  /** Answers what the batch will have met: what may be new, and the pairs known to be wide. */
  function begin(): { readonly fresh: NewDimensions; readonly widePairs: ReadonlySet<Pair> } {
    if (entries > MOST_ENTRIES || Date.now() - memory.sinceMs > LONGEST_MEMORY_MS) {
      memory = { sinceMs: Date.now() };
      for (const map of [namespaces, endpoints, channels, pairs, traces, labelSets, endpointLabels])
        map.clear();
      tracesOfHits = new WeakMap();
      entries = 0;
    }
    batch += 1;
    fresh = noNewDimensions();
    widePairs = new Set();
    return { fresh, widePairs };
  }

  function namespaceOf(cluster: string, name: string): NamespaceEntry {
    const key = `${cluster}\0${name}`;
    let entry = namespaces.get(key);
    if (entry === undefined) {
      mustBeStorable(cluster, name);
      entry = { id: idOf('namespace', cluster, name), cluster, name, isStored: false, seenInBatch: 0 };
      namespaces.set(key, entry);
      entries += 1;
    }
    return entry;
  }

  function endpointOf(end: FlowEndpoint, cluster: string): EndpointEntry {
    const key = `${cluster}\0${end.kind}\0${end.namespace ?? ''}\0${end.name}`;
    let entry = endpoints.get(key);
    if (entry === undefined) {
      mustBeStorable(end.name, end.workloadKind ?? '');
      const namespace = end.namespace === null ? null : namespaceOf(cluster, end.namespace);
      entry = newEndpoint(cluster, end.kind, namespace, end.name, end.workloadKind);
      endpoints.set(key, entry);
      entries += 1;
    }
    return entry;
  }

  function noteEndpoint(entry: EndpointEntry, workloadKind: string | null): void {
    if (workloadKind !== null && entry.workloadKind === null) {
      mustBeStorable(workloadKind);
      entry.workloadKind = workloadKind;
      entry.isStored = false;
    }
    if (entry.isStored) return;
    if (entry.namespace !== null) noteNew(entry.namespace, fresh.namespaces);
    noteNew(entry, fresh.endpoints);
  }

  function channelOf(
    client: FlowEndpoint,
    server: FlowEndpoint,
    clientCluster: string,
    serverCluster: string,
    protocol: string,
  ): ChannelEntry {
    const port = server.port ?? 0;
    // Names come out of the parser's cache with their hashes known, which one long key never has.
    const ofClient = inner(inner(channels, client.namespace, noNames), client.name, noNames);
    const ofServer = inner(inner(ofClient, server.namespace, noNames), server.name, noNames);
    const candidates = inner(ofServer, port, noChannels);
    let entry = candidates.find((known) =>
      isChannel(known, client, server, clientCluster, serverCluster, protocol),
    );
    if (entry === undefined) {
      mustBeStorable(protocol);
      const source = endpointOf(client, clientCluster);
      const destination = endpointOf(server, serverCluster);
      const key = pairKey(source, destination, protocol);
      const pair = inner(pairs, key, (): Pair => ({ channels: [], isWide: false }));
      entry = newChannel(source, destination, protocol, port, pair);
      pair.channels.push(entry);
      // Batches under way are not stored yet: what this process knows counts too.
      if (pair.channels.length > MOST_PORTS) pair.isWide = true;
      candidates.push(entry);
      entries += 1;
    }
    noteEndpoint(entry.client, client.workloadKind);
    noteEndpoint(entry.server, server.workloadKind);
    noteNew(entry, fresh.channels);
    meet(entry);
    return entry;
  }

  /** For the first time in a batch its counters are empty. */
  function meet(entry: ChannelEntry): void {
    if (entry.cellsOfBatch === batch) return;
    entry.cells.clear();
    entry.cellsOfBatch = batch;
    if (entry.pair.isWide) widePairs.add(entry.pair);
  }

  function podOf(endpoint: EndpointEntry, name: string): PodEntry {
    let entry = endpoint.pods.get(name);
    if (entry === undefined) {
      mustBeStorable(name);
      const namespaceId = endpoint.namespaceId;
      entry = { id: idOf('pod', namespaceId.text, name), namespaceId, name, isStored: false, seenInBatch: 0 };
      endpoint.pods.set(name, entry);
      entries += 1;
    }
    noteNew(entry, fresh.pods);
    return entry;
  }

  /** null for an empty list of hits. */
  function traceOf(hits: readonly PolicyHit[]): TraceEntry | null {
    if (hits.length === 0) return null;
    const entry = tracesOfHits.get(hits) ?? traceByText(hits);
    noteNew(entry, fresh.traces);
    return entry;
  }

  function traceByText(hits: readonly PolicyHit[]): TraceEntry {
    const text = JSON.stringify(hits);
    let entry = traces.get(text);
    if (entry === undefined) {
      mustBeStorable(text.replaceAll('\\u0000', '\0').replace(/\\ud[89a-f]/gi, '\0'));
      entry = { id: idOf('policy_trace', canonicalHits(hits)), hits: text, isStored: false, seenInBatch: 0 };
      traces.set(text, entry);
      entries += 1;
    }
    tracesOfHits.set(hits, entry);
    return entry;
  }

  function labelSetOf(labels: readonly string[]): LabelSetEntry {
    const key = labels.join('\0');
    let entry = labelSets.get(key);
    if (entry === undefined) {
      mustBeStorable(...labels);
      entry = { id: idOf('label_set', ...labels), labels, isStored: false, seenInBatch: 0 };
      labelSets.set(key, entry);
      entries += 1;
    }
    return entry;
  }

  function noteLabels(endpoint: EndpointEntry, labels: readonly string[] | null, day: number): void {
    if (labels === null) return;
    let entry = endpoint.lastLabels;
    if (entry === null || entry.day !== day || !isSame(entry.labelSet.labels, labels)) {
      entry = endpointLabelsOf(endpoint, labels, day);
      endpoint.lastLabels = entry;
    }
    noteNew(entry.labelSet, fresh.labelSets);
    noteNew(entry, fresh.endpointLabels);
  }

  function endpointLabelsOf(
    endpoint: EndpointEntry,
    labels: readonly string[],
    day: number,
  ): EndpointLabelsEntry {
    const labelSet = labelSetOf(labels);
    const key = `${endpoint.id.text}/${labelSet.id.text}/${day}`;
    let entry = endpointLabels.get(key);
    if (entry === undefined) {
      entry = { endpoint, labelSet, day, isStored: false, seenInBatch: 0 };
      endpointLabels.set(key, entry);
      entries += 1;
    }
    return entry;
  }

  /** What is remembered as stored. What the guards folded never was. */
  function everything(): NewDimensions {
    const stored = <T extends { readonly isStored: boolean }>(entries: Iterable<T>): T[] =>
      [...entries].filter(({ isStored }) => isStored);
    const ofClients = [...channels.values()].flatMap((ofName) => [...ofName.values()]);
    const ofServers = ofClients.flatMap((ofNamespace) => [...ofNamespace.values()]);
    const ofPorts = ofServers.flatMap((ofName) => [...ofName.values()]);
    return {
      namespaces: stored(namespaces.values()),
      endpoints: stored(endpoints.values()),
      pods: [...endpoints.values()].flatMap(({ pods }) => stored(pods.values())),
      channels: ofPorts.flatMap((ports) => [...ports.values()].flatMap(stored)),
      traces: stored(traces.values()),
      labelSets: stored(labelSets.values()),
      endpointLabels: stored(endpointLabels.values()),
    };
  }

  return {
    begin,
    channelOf,
    meet,
    podOf,
    traceOf,
    noteLabels,
    everything,
    memory: (): Memory => memory,
    /** How often something was met so far that is not known to be stored. */
    unstored: (): number => unstored,
  };
}

export type Dimensions = ReturnType<typeof createDimensions>;

function isChannel(
  { client, server, protocol }: ChannelEntry,
  clientEnd: FlowEndpoint,
  serverEnd: FlowEndpoint,
  clientCluster: string,
  serverCluster: string,
  asked: string,
): boolean {
  return (
    protocol === asked &&
    isEndpoint(client, clientEnd, clientCluster) &&
    isEndpoint(server, serverEnd, serverCluster)
  );
}

function isEndpoint(entry: EndpointEntry, end: FlowEndpoint, cluster: string): boolean {
  const namespace = entry.namespace === null ? null : entry.namespace.name;
  return entry.cluster === cluster && entry.kindName === end.kind && namespace === end.namespace;
}

type ByNamespace<V> = Map<string | null, Map<string, V>>;

function noNames<K, V>(): Map<K, V> {
  return new Map();
}

function noChannels(): ChannelEntry[] {
  return [];
}

function inner<K, V>(map: Map<K, V>, key: K, make: () => NoInfer<V>): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

function mustBeStorable(...names: readonly string[]): void {
  for (const name of names) {
    if (name.includes('\0') || !name.isWellFormed()) {
      throw new UnstorableName(
        'a name holds a NUL character or half a surrogate pair, which Postgres cannot store',
      );
    }
  }
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index += 1) if (a[index] !== b[index]) return false;
  return true;
}

/** The same hits give the same id whatever order the parser writes an object's fields in. */
function canonicalHits(hits: readonly PolicyHit[]): string {
  return JSON.stringify(hits.map(canonicalHit));
}

function canonicalHit(hit: PolicyHit): unknown {
  const trigger = hit.trigger === null ? null : canonicalHit(hit.trigger);
  return [hit.kind, hit.tier, hit.namespace, hit.name, hit.action, hit.index, hit.ruleIndex, trigger];
}
