import { toTrace } from '#components/graph/detail-view.ts';
import { Card, FactList } from '#components/graph/drawer/drawer-parts.tsx';
import { TraceCard } from '#components/graph/drawer/trace-card.tsx';
import type { FlowDocument, FlowEndDocument } from '#lib/contracts/flows.ts';
import { formatExact } from '#lib/kit/format-number.ts';
import { kindName } from '#lib/picture/node-names.ts';
import { addressText, durationText, endName, flowPort, reporterText } from './flow-words.ts';

type Fact = { readonly name: string; readonly text: string };

/** All that is known of a flow: both ends, the record, and the policies of both directions in tier order. */
export function FlowDetails({ flow }: { readonly flow: FlowDocument }) {
  return (
    <>
      <h2 className="sr-only">
        The flow from {endName(flow.source)} to {endName(flow.target)}
      </h2>
      <div className="sticky left-0 grid w-[min(100%,calc(100vw-3.5rem))] grid-cols-6 gap-2.5 p-3 *:col-span-2">
        <Card title="Client">
          <FactList facts={endFacts(flow.source, flow.source.port)} />
        </Card>
        <Card title="Server">
          <FactList facts={endFacts(flow.target, flow.port)} />
        </Card>
        <Card title="Record">
          <FactList facts={recordFacts(flow)} />
        </Card>
        <div className="col-span-6! grid grid-cols-2 gap-2.5">
          <DirectionCard flow={flow} direction="egress" />
          <DirectionCard flow={flow} direction="ingress" />
        </div>
      </div>
    </>
  );
}

function DirectionCard({
  flow,
  direction,
}: {
  readonly flow: FlowDocument;
  readonly direction: 'egress' | 'ingress';
}) {
  const side = direction === 'egress' ? flow.source : flow.target;
  const end = endName(side);
  const trace = flow[direction];
  const loggedHere = flow.reporter === (direction === 'egress' ? 'source' : 'destination');
  const isEmpty = trace !== null && !trace.hidden && trace.enforced.length === 0;
  // Each side tells of its own policies: the other half stands in the record of the other end.
  if (isEmpty && !loggedHere && flow.reporter !== 'unknown') {
    return (
      <Card title={`${direction === 'egress' ? 'Out of' : 'Into'} ${end}`}>
        <p className="text-xs text-muted">
          The {reporterText(flow)} logged this record: what decided here stands in that of the other end,
          where there is one.
        </p>
      </Card>
    );
  }
  if (trace !== null) {
    const { verdict, flows } = flow;
    const view = toTrace({ ...trace, direction, verdict, flows }, direction, side.cluster);
    return <TraceCard trace={view} end={end} />;
  }
  return (
    <Card title={`${direction === 'egress' ? 'Out of' : 'Into'} ${end}`}>
      <p className="text-xs text-muted">
        Outside of your scope: what decided there is told to whoever sees it.
      </p>
    </Card>
  );
}

function endFacts(end: FlowEndDocument, port: number | null): readonly Fact[] {
  const { kind, cluster, namespace, name, pod, inScope } = end;
  const address = addressText(end.address, port);
  return [
    { name: 'What', text: kindName(kind) },
    ...given('Cluster', cluster),
    ...given('Namespace', namespace),
    ...given('Name', kind === 'namespace' ? '' : name),
    ...given('Pod', pod),
    ...given('Address', address),
    ...(inScope ? [] : [{ name: 'Scope', text: 'outside of yours: no more is told' }]),
  ];
}

function recordFacts(flow: FlowDocument): readonly Fact[] {
  const { flows, connections, bytes, packets } = flow;
  const counters = { flows, opened: connections, bytes, packets };
  return [
    { name: 'Started', text: flow.at.replace('T', ' ').replace('Z', ' UTC') },
    { name: 'Lasted', text: durationText(flow.durationMs) },
    { name: 'Port', text: flowPort(flow) },
    ...given('Lost by', flow.dropReason),
    ...Object.entries(counters).map(([name, value]) => ({
      name: `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
      text: value === null ? 'unknown' : formatExact(value),
    })),
    { name: 'Logged by', text: `${reporterText(flow)}, ${flow.collector}` },
  ];
}

function given(name: string, text: string | null): readonly Fact[] {
  return text === null || text === '' ? [] : [{ name, text }];
}
