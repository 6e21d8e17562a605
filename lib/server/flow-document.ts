import type { FlowDocument, FlowEndDocument, FlowTraceDocument } from '#lib/contracts/flows.ts';
import type { FlowTrace, SingleFlow } from '#lib/db/sql/single-flows.ts';
import type { End } from '#lib/graph/model.ts';
import { nodeId } from '#lib/graph/node-id.ts';
import { hidesHits, type PolicyViewer, visibleHits } from './visible-hits.ts';

/** A single flow as the documents say it, with the policies that the viewer may know of. */
export function flowDocument(flow: SingleFlow, viewer: PolicyViewer): FlowDocument {
  const { source, target, inScope } = flow;
  return {
    at: new Date(flow.atMs).toISOString(),
    durationMs: flow.durationMs,
    source: endDocument(source, inScope.source, {
      pod: flow.clientPod,
      address: flow.clientAddress,
      port: flow.clientPort,
    }),
    target: endDocument(target, inScope.target, {
      pod: flow.serverPod,
      address: flow.serverAddress,
      port: null,
    }),
    protocol: flow.protocol,
    port: flow.port,
    verdict: flow.verdict,
    dropReason: flow.dropReason,
    reporter: flow.reporter,
    collector: flow.collector,
    flows: flow.flows,
    connections: flow.connections,
    bytes: flow.bytes,
    packets: flow.packets,
    egress: traceDocument(flow, 'egress', viewer),
    ingress: traceDocument(flow, 'ingress', viewer),
  };
}

function endDocument(
  end: End,
  inScope: boolean,
  { pod, address, port }: Pick<FlowEndDocument, 'pod' | 'address' | 'port'>,
): FlowEndDocument {
  const { kind, cluster, namespace, name } = end;
  return { id: nodeId(end), kind, cluster, namespace, name, pod, address, port, inScope };
}

function traceDocument(
  flow: SingleFlow,
  direction: 'egress' | 'ingress',
  viewer: PolicyViewer,
): FlowTraceDocument | null {
  const trace: FlowTrace | null = flow[direction];
  if (trace === null) return null;
  const visible = visibleHits(viewer, { ...flow, direction });
  const [enforced, pending] = [visible(trace.enforced ?? []), visible(trace.pending ?? [])];
  const hidden = hidesHits(trace.enforced, enforced) || hidesHits(trace.pending, pending);
  return { enforced, pending, hidden };
}
