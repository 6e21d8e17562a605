'use client';

import { type RefObject, useMemo } from 'react';
import { type SpanMs, spanEndingAt } from '#components/time/span-of.ts';
import type { Span } from '#lib/client/queries.ts';
import type { ClusterList } from '#lib/contracts/graph.ts';
import type { LayoutChoice, Selection } from '#lib/contracts/url-state.ts';
import { type CanvasHandle, GraphCanvas } from './canvas/graph-canvas.tsx';
import { CanvasControls } from './canvas-controls.tsx';
import { CompletenessBadge } from './completeness-badge.tsx';
import { type CompletenessView, toCompleteness } from './completeness-text.ts';
import { EdgeDrawer } from './drawer/edge-drawer.tsx';
import { NodeDrawer } from './drawer/node-drawer.tsx';
import { OverviewDrawer } from './drawer/overview-drawer.tsx';
import { EdgeTable } from './edge-table.tsx';
import { EmptyWindow, EverythingHidden } from './empty-states.tsx';
import { noFilters } from './filter/filter-bar.tsx';
import type { FilteredGraph } from './filter/use-filtered-graph.ts';
import { Legend } from './legend.tsx';
import { SizeNotice } from './size-notice.tsx';
import { TablePanel } from './table-panel.tsx';
import type { KeptPlaces } from './use-kept-places.ts';
import { changeScreenState } from './use-screen-state.ts';
import { useShortcuts } from './use-shortcuts.ts';
import type { GraphView } from './view.ts';

type WorkbenchProps = {
  readonly canvas: RefObject<CanvasHandle | null>;
  readonly cluster: ClusterList['clusters'][number];
  readonly filtered: FilteredGraph;
  readonly layout: LayoutChoice;
  readonly isWhole: boolean;
  readonly places: KeptPlaces;
  readonly view: GraphView;
  readonly span: SpanMs;
  readonly wireSpan: Span;
  readonly windowText: string;
  readonly selection: Selection | null;
  readonly isTableOpen: boolean;
  readonly isDrawerOpen: boolean;
  /** True while the picture is that of the window before. */
  readonly isStale: boolean;
  readonly nowMs: number;
  readonly onSelect: (selection: Selection | null) => void;
  readonly onCloseDrawer: () => void;
};

/** The picture, its twin below and the details beside it: one selection in all three. */
export function GraphWorkbench(props: WorkbenchProps) {
  const { canvas, cluster, filtered, view, selection, isTableOpen, nowMs, span, onSelect } = props;
  const completeness = useMemo(() => toCompleteness(filtered.document, nowMs), [filtered.document, nowMs]);
  const toggleTable = () => changeScreenState({ isTableOpen: !isTableOpen });
  useShortcuts({
    t: toggleTable,
    f: () => canvas.current?.fit(),
    '+': () => canvas.current?.zoom(1.3),
    '-': () => canvas.current?.zoom(1 / 1.3),
    escape: () => onSelect(null),
  });
  if (view.nodes.length === 0 && filtered.edgesOfAll > 0 && !props.isStale) {
    return (
      <div className="dotted-ground min-h-0 flex-1">
        <EverythingHidden edgeCount={filtered.edgesOfAll} onReset={() => changeScreenState(noFilters)} />
      </div>
    );
  }
  if (view.nodes.length === 0 && !props.isStale) {
    const lastFlowAtMs = Date.parse(cluster.lastFlowAt);
    return (
      <div className="dotted-ground min-h-0 flex-1">
        <EmptyWindow
          cluster={cluster.name}
          windowText={props.windowText}
          lastFlowAtMs={lastFlowAtMs}
          nowMs={nowMs}
          onGoToNewest={() =>
            changeScreenState({ range: { kind: 'fixed', ...spanEndingAt(lastFlowAtMs, span) } })
          }
        />
      </div>
    );
  }
  return (
    <div className="flex min-h-0 flex-1">
      <div className="flex min-w-0 flex-1 flex-col">
        <div
          className={`dotted-ground relative min-h-0 flex-1 overflow-hidden transition-opacity ${props.isStale ? 'opacity-60 delay-300' : ''}`}
        >
          <GraphCanvas
            ref={canvas}
            pictureKey={cluster.name}
            view={view}
            selection={selection}
            emphasis={filtered.emphasis}
            arranging={props.places.arranging}
            onPlaced={props.places.keep}
            onForgotten={props.places.forget}
            onSelect={onSelect}
          />
          <Legend />
          <SizeNotice document={filtered.document} isWhole={props.isWhole} />
          <CompletenessBadge completeness={completeness} />
          <CanvasControls canvas={canvas} layout={props.layout} />
        </div>
        <TablePanel edgeCount={view.edges.length} isOpen={isTableOpen} onToggle={toggleTable}>
          <EdgeTable
            edges={view.edges}
            emphasis={filtered.emphasis}
            selection={selection}
            nowMs={nowMs}
            onSelect={onSelect}
          />
        </TablePanel>
      </div>
      <Details {...props} completeness={completeness} />
    </div>
  );
}

function Details({
  cluster,
  filtered,
  view,
  selection,
  wireSpan,
  windowText,
  isDrawerOpen,
  completeness,
  onSelect,
  onCloseDrawer,
}: WorkbenchProps & { readonly completeness: CompletenessView }) {
  if (!isDrawerOpen) return null;
  if (selection === null) {
    return (
      <OverviewDrawer
        view={view}
        cluster={cluster.name}
        windowText={windowText}
        completeness={completeness}
        onSelect={onSelect}
        onClose={onCloseDrawer}
      />
    );
  }
  const shared = {
    id: selection.id,
    cluster: cluster.name,
    span: wireSpan,
    filters: filtered.texts,
    onSelect,
  };
  return selection.kind === 'node' ? (
    <NodeDrawer {...shared} node={view.nodes.find(({ nodeId }) => nodeId === selection.id)} />
  ) : (
    <EdgeDrawer {...shared} edge={view.edges.find(({ id }) => id === selection.id)} />
  );
}
