import { type PolicyText, policyText } from '#components/graph/detail-view.ts';
import { formatMillisecond } from '#components/ui/format-time.ts';
import type { FlowDocument, FlowEndDocument, FlowTraceDocument } from '#lib/contracts/flows.ts';
import { nodeLabel } from '#lib/graph/node-id.ts';

/** Single flows in words. */

/** `14 Mar, 09:26:53.120`, in UTC. */
export function flowTime(at: string): string {
  return formatMillisecond(Date.parse(at));
}

/** `shop/web`, `Public network`, `shop` where that is all that is told. */
export function endName(end: FlowEndDocument): string {
  const label = nodeLabel(end);
  return end.namespace !== null && end.kind !== 'namespace' ? `${end.namespace}/${label}` : label;
}

/** `tcp 8443`, `icmp`. */
export function flowPort({ protocol, port }: Pick<FlowDocument, 'protocol' | 'port'>): string {
  return port === null ? protocol : `${protocol} ${port}`;
}

/** `10.0.0.1:40001`, `[2001:db8::1]:53`, null where no address is told. */
export function addressText(address: string | null, port: number | null): string | null {
  if (address === null || port === null) return address;
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** What decided a flow at the side that logged it: the last policy of its trace. */
export function decidedBy(flow: FlowDocument): PolicyText & { readonly isNamed: boolean } {
  const trace = decidingTrace(flow);
  if (trace === null)
    return { text: '–', title: 'Decided at the other end, outside of your scope', isNamed: false };
  const last = trace.enforced.at(-1);
  if (last !== undefined) return { ...policyText(last), isNamed: true };
  return trace.hidden
    ? { text: 'hidden from you', title: 'Policies decided here that you may not see', isNamed: false }
    : { text: 'no policy named', title: 'The record names no policy', isNamed: false };
}

function decidingTrace({ reporter, egress, ingress }: FlowDocument): FlowTraceDocument | null {
  if (reporter === 'source') return egress;
  if (reporter === 'destination') return ingress;
  const named = [egress, ingress].filter((trace) => trace !== null && trace.enforced.length > 0);
  return named.find((trace) => trace?.enforced.at(-1)?.action === 'deny') ?? named[0] ?? egress ?? ingress;
}

const reporters = { source: 'client', destination: 'server', unknown: 'unknown' } as const;

/** Which end logged it, in the words of the screen. */
export function reporterText({ reporter }: Pick<FlowDocument, 'reporter'>): string {
  return reporters[reporter];
}

/** `300 ms`, `15 s`; a dash for what has no extent in time. */
export function durationText(durationMs: number): string {
  if (durationMs === 0) return '–';
  return durationMs < 1_000 ? `${durationMs} ms` : `${Math.round(durationMs / 100) / 10} s`;
}
