'use client';

import type { ReactNode } from 'react';
import { Figure } from '#components/ui/figure.tsx';
import type { Selection } from '#lib/contracts/url-state.ts';
import type { EdgeView, GraphView } from '#lib/picture/view.ts';
import type { CompletenessView } from '../completeness-text.ts';
import { Drawer } from './drawer.tsx';
import { Card, FactList, Tiles } from './drawer-parts.tsx';

const listed = 6;

/** What the drawer says while nothing is selected: how much there is, and where to look first. */
export function OverviewDrawer({
  view,
  cluster,
  windowText,
  completeness,
  lead,
  onSelect,
  onClose,
}: {
  readonly view: GraphView;
  readonly cluster: string;
  readonly windowText: string;
  readonly completeness: CompletenessView;
  /** What the overlay says of it all. */
  readonly lead: ReactNode;
  readonly onSelect: (selection: Selection) => void;
  readonly onClose: () => void;
}) {
  const { connections, bytes, denied, dropped } = view.totals;
  const mostDenied = top(view.edges, (edge) => edge.denied.value ?? 0);
  const mostDropped = top(view.edges, (edge) => edge.dropped.value ?? 0);
  const busiest = top(view.edges, (edge) => edge.connections.value ?? edge.flows.value ?? 0);
  const pick = (edge: EdgeView) => onSelect({ kind: 'edge', id: edge.id });
  return (
    <Drawer title={cluster} subtitle={windowText} closeLabel="Close the details" onClose={onClose}>
      <Tiles
        tiles={[
          { label: 'connections', amount: connections },
          { label: 'transferred', amount: bytes, unit: 'bytes' },
          { label: 'denied', amount: denied, tone: 'denied' },
          { label: 'dropped', amount: dropped, tone: 'dropped' },
        ]}
      />
      {lead}
      {mostDenied.length > 0 && (
        <EdgeList title="Most denied" unit="flows" edges={mostDenied} measure="denied" onPick={pick} />
      )}
      {mostDropped.length > 0 && (
        <EdgeList title="Most dropped" unit="flows" edges={mostDropped} measure="dropped" onPick={pick} />
      )}
      {busiest.length > 0 && (
        <EdgeList title="Busiest" unit="connections" edges={busiest} measure="connections" onPick={pick} />
      )}
      <Card title="What this stands on">
        <FactList facts={completeness.facts} />
      </Card>
    </Drawer>
  );
}

function top(edges: readonly EdgeView[], by: (edge: EdgeView) => number): readonly EdgeView[] {
  return edges
    .filter((edge) => by(edge) > 0)
    .toSorted((a, b) => by(b) - by(a) || (a.id < b.id ? -1 : 1))
    .slice(0, listed);
}

const tones = {
  denied: 'text-denied font-semibold',
  dropped: 'text-dropped font-semibold',
  connections: 'text-muted',
} as const;

function EdgeList({
  title,
  unit,
  edges,
  measure,
  onPick,
}: {
  readonly title: string;
  readonly unit: string;
  readonly edges: readonly EdgeView[];
  readonly measure: 'denied' | 'dropped' | 'connections';
  readonly onPick: (edge: EdgeView) => void;
}) {
  return (
    <Card title={title} aside={unit}>
      <ul className="-mx-1.5">
        {edges.map((edge) => (
          <li key={edge.id}>
            <button
              type="button"
              title={`${edge.from} → ${edge.to}`}
              onClick={() => onPick(edge)}
              className="flex h-[26px] w-full items-center gap-2 rounded-md px-1.5 text-left hover:bg-hover"
            >
              <span className="flex min-w-0 flex-1 items-center gap-1.5">
                <span className="max-w-[47%] truncate">{edge.from}</span>
                <span className="text-muted">→</span>
                <span className="min-w-0 truncate">{edge.to}</span>
              </span>
              <span className={`text-xs ${tones[measure]}`}>
                <Figure amount={edge[measure]} />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Card>
  );
}
