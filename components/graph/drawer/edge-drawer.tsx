'use client';

import { ArrowRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Figure } from '#components/ui/figure.tsx';
import { useShortList } from '#components/ui/short-list.tsx';
import { type FilterTexts, type Span, useEdgeDetail } from '#lib/client/queries.ts';
import type { EdgeDetail } from '#lib/contracts/graph.ts';
import type { Selection } from '#lib/contracts/url-state.ts';
import type { EdgeView } from '#lib/picture/view.ts';
import { type PortRow, toEdgeDrawer } from '../detail-view.ts';
import { ContactCard } from './about-card.tsx';
import { AddressCard } from './address-card.tsx';
import { Drawer } from './drawer.tsx';
import { DrawerActions } from './drawer-actions.tsx';
import { Card, CardSkeleton, DrawerTable, drawerRow, Tiles } from './drawer-parts.tsx';
import { LatencyCard } from './latency-card.tsx';
import { ProblemCard } from './problem-card.tsx';
import { RecentFlows } from './recent-flows.tsx';
import { TimelineCard } from './timeline-card.tsx';
import { TraceCard } from './trace-card.tsx';
import { TraceHours } from './trace-hours.tsx';
import { wantedEnd } from './wanted-end.ts';

type Ends = {
  readonly from: string;
  readonly to: string;
  readonly sourceId: string;
  readonly targetId: string;
};

/** From whom to whom, how much, on which ports, and the policies that decided, in tier order. */
export function EdgeDrawer({
  id,
  edge,
  cluster,
  span,
  filters,
  collectors,
  lead,
  onSelect,
}: {
  readonly id: string;
  /** The edge in the graph that is shown, if it is in there. */
  readonly edge: EdgeView | undefined;
  readonly cluster: string;
  readonly span: Span;
  readonly filters: FilterTexts;
  /** Kinds of flow logs that the graph stands on. */
  readonly collectors: readonly string[];
  /** What the overlay says of it. */
  readonly lead: ReactNode;
  readonly onSelect: (selection: Selection | null) => void;
}) {
  const detail = useEdgeDetail(id, span, filters);
  const ends = edge ?? endsOf(detail.data);
  return (
    <Drawer
      title={ends ? <EdgeTitle ends={ends} onSelect={onSelect} /> : 'Edge'}
      subtitle={`Traffic from client to server in ${cluster}`}
      closeLabel="Clear the selection"
      onClose={() => onSelect(null)}
    >
      {lead}
      {detail.isError && <ProblemCard error={detail.error} onRetry={() => void detail.refetch()} />}
      {detail.isPending && (
        <>
          <CardSkeleton rows={1} />
          <CardSkeleton rows={2} />
          <CardSkeleton rows={4} />
        </>
      )}
      {detail.data && ends && (
        <>
          <DrawerActions span={span} wanted={wantedOf(detail.data)} collectors={collectors} />
          <EdgeFacts
            detail={detail.data}
            ends={ends}
            timeline={<TimelineCard cluster={cluster} span={span} filters={filters} part={{ edge: id }} />}
            recent={<RecentFlows choice={{ ...span, ...filters, edge: id }} />}
          />
        </>
      )}
    </Drawer>
  );
}

function endsOf(detail: ReturnType<typeof useEdgeDetail>['data']): Ends | null {
  if (!detail) return null;
  const { source, target } = detail;
  return { from: source.label, to: target.label, sourceId: source.id, targetId: target.id };
}

function wantedOf({ source, target, ports }: EdgeDetail) {
  return { ends: { from: wantedEnd(source), to: wantedEnd(target) }, ports };
}

function EdgeTitle({
  ends,
  onSelect,
}: {
  readonly ends: Ends;
  readonly onSelect: (selection: Selection) => void;
}) {
  const end = (name: string, id: string) => (
    <button
      type="button"
      onClick={() => onSelect({ kind: 'node', id })}
      className="rounded-sm text-left break-all underline decoration-line decoration-1 underline-offset-4 hover:decoration-current"
    >
      {name}
    </button>
  );
  if (ends.sourceId === ends.targetId) return <>Inside {end(ends.from, ends.sourceId)}</>;
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      {end(ends.from, ends.sourceId)}
      <ArrowRight aria-label="to" className="size-4 shrink-0 text-muted" />
      {end(ends.to, ends.targetId)}
    </span>
  );
}

function EdgeFacts({
  detail,
  ends,
  timeline,
  recent,
}: {
  readonly detail: EdgeDetail;
  readonly ends: Ends;
  readonly timeline: ReactNode;
  readonly recent: ReactNode;
}) {
  const view = toEdgeDrawer(detail);
  const { connections, bytes, denied, dropped } = view.totals;
  return (
    <>
      <Tiles
        tiles={[
          { label: 'connections', amount: connections },
          { label: 'transferred', amount: bytes, unit: 'bytes' },
          { label: 'denied', amount: denied, tone: 'denied' },
          { label: 'dropped', amount: dropped, tone: 'dropped' },
        ]}
      />
      {timeline}
      {view.traces.map((trace) => (
        <TraceCard key={trace.key} trace={trace} end={trace.direction === 'egress' ? ends.from : ends.to} />
      ))}
      {view.traces.length === 0 && (
        <Card title="Policies">
          <p className="text-xs text-muted">The records of this edge name no policies.</p>
        </Card>
      )}
      {view.traces.length > 0 && <TraceHours detail={detail} />}
      <PortTable ports={view.ports} />
      <LatencyCard latency={detail.latency} />
      <ContactCard detail={detail} />
      {recent}
      <AddressCard side="Client" addresses={detail.addresses.client} window={detail.addresses.window} />
      <AddressCard side="Server" addresses={detail.addresses.server} window={detail.addresses.window} />
    </>
  );
}

function PortTable({ ports }: { readonly ports: readonly PortRow[] }) {
  const { shown, more } = useShortList(ports, 10, 'ports');
  return (
    <DrawerTable
      caption="Ports of the server"
      columns={['Port', 'Connections', 'Bytes', 'Denied', 'Dropped']}
      className="text-right"
      more={more}
    >
      {shown.map((row) => (
        <tr key={row.key} className={drawerRow}>
          <th scope="row" className="pl-3! text-left text-[13px] font-medium whitespace-nowrap">
            {row.port}
          </th>
          <td>
            <Figure amount={row.connections} />
          </td>
          <td className="whitespace-nowrap">
            <Figure amount={row.bytes} unit="bytes" />
          </td>
          <td className={row.denied.value === 0 ? 'text-muted' : 'font-semibold text-denied'}>
            <Figure amount={row.denied} />
          </td>
          <td className={`pr-3! ${row.dropped.value === 0 ? 'text-muted' : 'font-semibold text-dropped'}`}>
            <Figure amount={row.dropped} />
          </td>
        </tr>
      ))}
    </DrawerTable>
  );
}
