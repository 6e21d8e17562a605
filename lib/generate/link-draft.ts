import { type Denier, type External, externalKinds, type Link } from '#lib/generate/estate.ts';

/**
 * A link before it is numbered. An end is written `namespace/workload`, or `@kind` and `@kind:name` for an
 * external one.
 */
export type LinkDraft = Omit<Link, 'id' | 'from' | 'to'> & { readonly from: string; readonly to: string };

type Details = Partial<Omit<LinkDraft, 'from' | 'to' | 'port' | 'perHour'>>;

/** A link with what is usual left out: allowed TCP in office hours. */
export function draftLink(
  from: string,
  to: string,
  port: number,
  perHour: number,
  details: Details = {},
): LinkDraft {
  return {
    from,
    to,
    port,
    perHour,
    protocol: 'tcp',
    portName: portNames.get(port) ?? 'tcp',
    rhythm: 'office',
    requestBytes: 900,
    responseBytes: 4_000,
    outcome: 'allowed',
    deniedBy: null,
    layer7: null,
    scannedPorts: 0,
    ...details,
  };
}

/** The same link as a policy refuses it: a handful of SYN packets and nothing back. */
export function refuse(direction: 'egress' | 'ingress', deniedBy: Denier, link: LinkDraft): LinkDraft {
  const outcome = direction === 'egress' ? 'denied-egress' : 'denied-ingress';
  return { ...link, outcome, deniedBy, requestBytes: 60, responseBytes: 0 };
}

/** The external end that `@kind` or `@kind:name` names, null for a workload's. */
export function externalOf(end: string): External | null {
  if (!end.startsWith('@')) return null;
  const [kindText = '', name = ''] = end.slice(1).split(':');
  const kind = externalKinds.find((known) => known === kindText);
  if (kind === undefined) throw new Error(`no external end is called ${end}`);
  return { kind, name };
}

const portNames: ReadonlyMap<number, string> = new Map([
  [25, 'smtp'],
  [53, 'dns'],
  [443, 'https'],
  [587, 'submission'],
  [3100, 'http'],
  [3306, 'mysql'],
  [3550, 'grpc'],
  [5050, 'grpc'],
  [5432, 'postgres'],
  [6379, 'redis'],
  [6443, 'https'],
  [7000, 'grpc'],
  [7070, 'grpc'],
  [8080, 'http'],
  [8081, 'http'],
  [8200, 'https'],
  [8443, 'https'],
  [9555, 'grpc'],
  [50051, 'grpc'],
]);
