'use client';

import { Maximize2, Minimize2 } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Button } from '#components/ui/button.tsx';
import { useShortList } from '#components/ui/short-list.tsx';
import { type FilterTexts, type Span, useNodeDetail } from '#lib/client/queries.ts';
import type { GraphNode, NodeDetail, NodeKind } from '#lib/contracts/graph.ts';
import { namespaceHref } from '#lib/contracts/teams.ts';
import type { Selection } from '#lib/contracts/url-state.ts';
import { kindName } from '#lib/picture/node-names.ts';
import type { NodeView } from '#lib/picture/view.ts';
import { type DenialRow, toNodeDrawer } from '../detail-view.ts';
import { AboutCard } from './about-card.tsx';
import { Drawer } from './drawer.tsx';
import { DrawerActions } from './drawer-actions.tsx';
import { Card, CardSkeleton, Pill, Tiles } from './drawer-parts.tsx';
import { PeerList } from './peer-list.tsx';
import { PodsCard } from './pods-card.tsx';
import { ProblemCard } from './problem-card.tsx';
import { TimelineCard } from './timeline-card.tsx';
import { TraceHours } from './trace-hours.tsx';
import { wantedEnd } from './wanted-end.ts';

/** What opening a node shows. */
const openWords: Partial<Readonly<Record<NodeKind, string>>> = {
  cluster: 'Show namespaces',
  layer: 'Show namespaces',
  namespace: 'Show workloads',
  'service-group': 'Show services and workloads',
  workload: 'Show ports',
  service: 'Show ports',
};

/** Who a node is, how much goes in and out, what was denied there and by what. */
export function NodeDrawer({
  id,
  node,
  cluster,
  span,
  filters,
  collectors,
  lead,
  onSelect,
  onToggle,
}: {
  readonly id: string;
  /** The node in the graph that is shown, if it is in there. */
  readonly node: NodeView | undefined;
  readonly cluster: string;
  readonly span: Span;
  readonly filters: FilterTexts;
  /** Kinds of flow logs that the graph stands on. */
  readonly collectors: readonly string[];
  /** What the overlay says of it. */
  readonly lead: ReactNode;
  readonly onSelect: (selection: Selection | null) => void;
  readonly onToggle: () => void;
}) {
  const detail = useNodeDetail(id, span, filters);
  const kind = node?.kind ?? detail.data?.node.kind;
  return (
    <Drawer
      title={node?.name ?? detail.data?.node.label ?? id}
      subtitle={`${kind ? kindName(kind) : 'Node'} in ${cluster}`}
      closeLabel="Clear the selection"
      onClose={() => onSelect(null)}
    >
      {lead}
      {(node?.canOpen || node?.isOpen) && (
        <Button aria-pressed={node.isOpen} onClick={onToggle} className="self-start">
          {node.isOpen ? <Minimize2 /> : <Maximize2 />}
          {node.isOpen ? 'Close' : (openWords[node.kind] ?? 'Open')}
        </Button>
      )}
      {detail.data && <HomeLink node={detail.data.node} />}
      {detail.isError && <ProblemCard error={detail.error} onRetry={() => void detail.refetch()} />}
      {detail.isPending && <NodeSkeleton />}
      {detail.data && (
        <DrawerActions
          span={span}
          wanted={{ ends: { at: wantedEnd(detail.data.node) }, ports: [] }}
          collectors={collectors}
        />
      )}
      {detail.data && (
        <NodeFacts
          detail={detail.data}
          timeline={<TimelineCard cluster={cluster} span={span} filters={filters} part={{ node: id }} />}
          pods={hasPods(detail.data.node) && <PodsCard id={id} span={span} filters={filters} />}
          onSelectEdge={(edge) => onSelect({ kind: 'edge', id: edge })}
        />
      )}
    </Drawer>
  );
}

/** The page of a namespace, where whoever looks is at home there. */
function HomeLink({ node: { kind, cluster, namespace, inScope } }: { readonly node: GraphNode }) {
  if (kind !== 'namespace' || namespace === null || !inScope) return null;
  return (
    <Link href={namespaceHref(cluster, namespace)} className="self-start text-accent hover:underline">
      The page of this namespace
    </Link>
  );
}

function NodeSkeleton() {
  return (
    <>
      <CardSkeleton rows={1} />
      <CardSkeleton rows={3} />
      <CardSkeleton rows={4} />
    </>
  );
}

/** Pods are told of one's own, and are too many to help with more than a namespace. */
function hasPods({ kind, inScope }: GraphNode): boolean {
  return inScope && ['namespace', 'service-group', 'workload', 'port'].includes(kind);
}

function NodeFacts({
  detail,
  timeline,
  pods,
  onSelectEdge,
}: {
  readonly detail: NodeDetail;
  readonly timeline: ReactNode;
  readonly pods: ReactNode;
  readonly onSelectEdge: (id: string) => void;
}) {
  const view = toNodeDrawer(detail);
  const ports = useShortList(view.ports, 11, 'ports');
  return (
    <>
      <Tiles
        tiles={[
          { label: 'connections in', amount: view.connectionsIn },
          { label: 'out', amount: view.connectionsOut },
          { label: 'transferred', amount: view.bytes, unit: 'bytes' },
          { label: 'denied', amount: view.denied, tone: 'denied' },
        ]}
      />
      {timeline}
      {view.denials.length > 0 && (
        <>
          <Denials rows={view.denials} onSelectEdge={onSelectEdge} />
          <TraceHours detail={detail} />
        </>
      )}
      {view.ports.length > 0 && (
        <Card title="Reached on">
          <p className="flex flex-wrap items-center gap-1.5">
            {ports.shown.map((port) => (
              <Pill key={port}>{port}</Pill>
            ))}
            {ports.more}
          </p>
        </Card>
      )}
      {pods}
      {view.peersIn.length > 0 && (
        <Card title="In" aside="connections">
          <PeerList peers={view.peersIn} onSelectEdge={onSelectEdge} />
        </Card>
      )}
      {view.peersOut.length > 0 && (
        <Card title="Out" aside="connections">
          <PeerList peers={view.peersOut} onSelectEdge={onSelectEdge} />
        </Card>
      )}
      {view.inside.length > 0 && (
        <Card title="Inside" aside="connections">
          <PeerList peers={view.inside} onSelectEdge={onSelectEdge} />
        </Card>
      )}
      <AboutCard detail={detail} />
    </>
  );
}

function Denials({
  rows,
  onSelectEdge,
}: {
  readonly rows: readonly DenialRow[];
  readonly onSelectEdge: (id: string) => void;
}) {
  return (
    <Card title="Denied, and by what" aside="flows · port">
      <ul className="-mx-1.5">
        {rows.map((row) => (
          <li key={row.key}>
            <button
              type="button"
              onClick={() => onSelectEdge(row.edgeId)}
              className="flex h-[28px] w-full items-center gap-2 rounded-md px-1.5 text-left hover:bg-hover"
            >
              <span className="flex w-[112px] shrink-0 gap-1" title={`${row.side} ${row.peer}`}>
                <span className="text-muted">{row.side}</span>
                <span className="truncate">{row.peer}</span>
              </span>
              <span
                title={row.policyTitle}
                className={`min-w-0 flex-1 truncate text-[11.5px] ${row.policy === null ? 'text-muted italic' : 'font-mono'}`}
              >
                {row.policy ?? (row.isHidden ? 'hidden from you' : 'no policy named')}
              </span>
              <Pill tone="denied">{row.text}</Pill>
            </button>
          </li>
        ))}
      </ul>
    </Card>
  );
}
