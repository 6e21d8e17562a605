import type { FlowEndpoint, FlowRecord } from '#lib/flows/flow-record.ts';
import { unknownProtocol } from '#lib/flows/protocol.ts';
import type { Verdict } from '#lib/flows/verdict.ts';

/** What was recorded of one client, server, protocol and port, at the grain at which ends are known. */
export type RecordedFlow = {
  readonly client: FlowEndpoint;
  readonly server: FlowEndpoint;
  readonly protocol: string | null;
  readonly port: number | null;
  readonly flows: number;
  readonly recorded: Readonly<Record<Verdict, number>>;
};

type Counts = { source: number; destination: number; unknown: number };

type Entry = Omit<RecordedFlow, 'flows' | 'recorded'> & { readonly counts: Record<Verdict, Counts> };

export type FlowGathering = {
  readonly add: (record: FlowRecord) => void;
  readonly flows: () => readonly RecordedFlow[];
};

/** Adds records up; a flow that both ends logged counts once. */
export function gatherFlows(): FlowGathering {
  const entries = new Map<string, Entry>();
  return {
    add: (record) => {
      if (record.uncounted !== null) return;
      const { client, server } = record;
      const protocol = record.protocol === unknownProtocol ? null : record.protocol;
      const port = hasPorts(protocol) ? server.port : 0;
      const key = `${endKey(client)}\n${endKey(server)}\n${protocol}\n${port}`;
      const entry = entries.get(key) ?? { client, server, protocol, port, counts: noCounts() };
      entries.set(key, entry);
      entry.counts[record.verdict][record.reporter] += Math.max(1, record.flows);
    },
    flows: () =>
      [...entries.values()].map(({ counts, ...entry }) => {
        const recorded = recordedOf(counts);
        return { ...entry, recorded, flows: recorded.allowed + recorded.denied + recorded.dropped };
      }),
  };
}

/** Of ICMP and the like, the port is none: rules that ask for one do not hold whichever it is. */
function hasPorts(protocol: string | null): boolean {
  return protocol === null || protocol === 'tcp' || protocol === 'udp' || protocol === 'sctp';
}

function endKey({ kind, namespace, name, workloadKind, labels, address, pod }: FlowEndpoint): string {
  return JSON.stringify([kind, namespace, name, workloadKind, labels, address, pod]);
}

function noCounts(): Record<Verdict, Counts> {
  return { allowed: none(), denied: none(), dropped: none() };
}

function none(): Counts {
  return { source: 0, destination: 0, unknown: 0 };
}

/** What its source let out and its destination then refused was not allowed; what a source refuses never arrives. */
function recordedOf({ allowed, denied, dropped }: Entry['counts']): RecordedFlow['recorded'] {
  const arrived = allowed.source - denied.destination - dropped.destination;
  return {
    allowed: Math.max(arrived, allowed.destination) + allowed.unknown,
    denied: denied.source + denied.destination + denied.unknown,
    dropped: dropped.source + dropped.destination + dropped.unknown,
  };
}
