import type { FlowEndpoint, FlowRecord } from '#lib/flows/flow-record.ts';

export type RecordClusters = { readonly client: string; readonly server: string; readonly local: string };

/** Where neither the command nor a record names one. */
export const UNNAMED = 'default';

/**
 * Which cluster each end belongs to. `named` (`--cluster`) is the cluster that the log was taken in and
 * wins over what the record says; only in a mesh, where a record names two different clusters, the far
 * end keeps its own. Without it the record's own names count, an end without one is in the other's
 * cluster (an address outside is drawn beside who talks to it), and where neither has one: `default`.
 */
export function clustersOf(record: FlowRecord, named: string | null): RecordClusters {
  const { client, server } = record;
  const isMesh = client.cluster !== null && server.cluster !== null && client.cluster !== server.cluster;
  const isServerLocal = record.reporter === 'destination';
  if (named === null) {
    const clientCluster = nameOf(client, server);
    const serverCluster = nameOf(server, client);
    return {
      client: clientCluster,
      server: serverCluster,
      local: isServerLocal ? serverCluster : clientCluster,
    };
  }
  if (!isMesh) return { client: named, server: named, local: named };
  return isServerLocal
    ? { client: nameOf(client, server), server: named, local: named }
    : { client: named, server: nameOf(server, client), local: named };
}

function nameOf(end: FlowEndpoint, other: FlowEndpoint): string {
  return end.cluster ?? other.cluster ?? UNNAMED;
}
