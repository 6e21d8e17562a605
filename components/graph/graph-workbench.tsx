'use client';

import { type RefObject, useMemo, useRef } from 'react';
import { DraftPanel } from '#components/policies/draft/draft-panel.tsx';
import { type SpanMs, spanEndingAt } from '#components/time/span-of.ts';
import { useIsPrinting } from '#components/ui/use-printing.ts';
import { type FilterTexts, graphExportHref } from '#lib/client/queries.ts';
import type { ClusterList } from '#lib/contracts/graph.ts';
import { policyOfOverlay } from '#lib/contracts/overlay.ts';
import type { LayoutChoice, ScreenState, Selection } from '#lib/contracts/url-state.ts';
import { parseDraftRef } from '#lib/picture/overlay/draft.ts';
import { unusedBehind } from '#lib/picture/overlay/unused.ts';
import type { GraphView } from '#lib/picture/view.ts';
import { type CanvasHandle, GraphCanvas } from './canvas/graph-canvas.tsx';
import { CanvasControls } from './canvas-controls.tsx';
import { CompareLegend } from './compare/compare-legend.tsx';
import type { ShownWindows } from './compare/use-shown-graph.ts';
import { CompletenessBadge } from './completeness-badge.tsx';
import { type CompletenessView, toCompleteness } from './completeness-text.ts';
import { EdgeDrawer } from './drawer/edge-drawer.tsx';
import { NodeDrawer } from './drawer/node-drawer.tsx';
import { OverviewDrawer } from './drawer/overview-drawer.tsx';
import { EdgeTable } from './edge-table.tsx';
import { EmptyWindow, EverythingHidden } from './empty-states.tsx';
import { PrintedPicture } from './export/printed-picture.tsx';
import type { ShownPicture } from './export/shown-picture.ts';
import { noFilters } from './filter/filter-bar.tsx';
import type { FilteredGraph } from './filter/use-filtered-graph.ts';
import { GroupNotice } from './group-notice.tsx';
import { Legend } from './legend.tsx';
import { withLit } from './overlay/lit.ts';
import { EdgeOverlayCard, NodeCoverage, OverlaySummary } from './overlay/overlay-cards.tsx';
import { UnusedDrawer } from './overlay/unused-drawer.tsx';
import type { PaintedGraph } from './overlay/use-painted.ts';
import { frameAlone } from './replay/frame-view.ts';
import { SizeNotice } from './size-notice.tsx';
import { TablePanel } from './table-panel.tsx';
import { type OpenNodes, openNodes } from './toggle-nodes.ts';
import { Tour } from './tour/tour.tsx';
import type { KeptPlaces } from './use-kept-places.ts';
import { changeScreenState, currentScreenState, replaceScreenState } from './use-screen-state.ts';
import { useShortcuts } from './use-shortcuts.ts';

type WorkbenchProps = {
  readonly canvas: RefObject<CanvasHandle | null>;
  readonly cluster: ClusterList['clusters'][number];
  readonly filtered: FilteredGraph;
  readonly layout: LayoutChoice;
  readonly isWhole: boolean;
  readonly places: KeptPlaces;
  readonly painted: PaintedGraph;
  readonly view: GraphView;
  /** True where the view is of a window and only a frame of it counts. */
  readonly isReplay: boolean;
  readonly span: SpanMs;
  readonly windows: ShownWindows;
  /** The window that it is compared with; null for none. */
  readonly baseText: string | null;
  readonly windowText: string;
  readonly state: ScreenState;
  readonly selection: Selection | null;
  readonly isTableOpen: boolean;
  readonly isDrawerOpen: boolean;
  /** True while the picture is that of the window before. */
  readonly isStale: boolean;
  readonly nowMs: number;
  readonly onSelect: (selection: Selection | null) => void;
  readonly onCloseDrawer: () => void;
  readonly onToggleTable: () => void;
};

/** The picture, its twin below and the details beside it: one selection in all three. */
export function GraphWorkbench(props: WorkbenchProps) {
  const { canvas, cluster, filtered, painted, view, selection, isTableOpen, nowMs, span, windows, onSelect } =
    props;
  const completeness = useMemo(() => toCompleteness(filtered.document, nowMs), [filtered.document, nowMs]);
  const emphasis = useMemo(() => withLit(filtered.emphasis, view), [filtered.emphasis, view]);
  const open = openNodes(view.nodes);
  const isPrinting = useIsPrinting();
  const picture: ShownPicture = {
    graph: painted.document ?? filtered.document,
    cluster: cluster.name,
    overlay: painted.overlay,
    base: windows.base,
    ...leftOut(props.state, filtered.texts),
  };
  const above = useRef<HTMLDivElement>(null);
  useShortcuts({
    f: () => canvas.current?.fit(),
    '+': () => canvas.current?.zoom(1.3),
    '-': () => canvas.current?.zoom(1 / 1.3),
    backspace: () => open.closeOne(),
    escape: () => {
      if (currentScreenState().selection !== null || !open.closeOne()) onSelect(null);
    },
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
    <div className="flex min-h-0 flex-1 print:block">
      <div className="flex min-w-0 flex-1 flex-col print:block">
        {isPrinting && <PrintedPicture picture={picture} drawn={() => canvas.current?.drawn() ?? null} />}
        <div
          className={`dotted-ground relative print:hidden min-h-0 flex-1 overflow-hidden transition-opacity ${props.isStale ? 'opacity-60 delay-300' : ''}`}
        >
          <GraphCanvas
            ref={canvas}
            pictureKey={`${cluster.name} ${props.state.level} ${filtered.document.grouping?.by ?? ''}`}
            view={view}
            selection={selection}
            emphasis={emphasis}
            arranging={props.places.arranging}
            onPlaced={props.places.keep}
            onForgotten={props.places.forget}
            onSelect={onSelect}
            onToggle={open.toggle}
            above={above}
          />
          <Tour />
          <div ref={above}>
            {props.baseText === null ? (
              <Legend
                overlay={painted.overlay}
                legend={view.legend}
                note={painted.error?.message ?? (view.note || view.hint)}
                onChange={(name) => changeScreenState({ overlay: name === 'verdict' ? '' : name })}
              />
            ) : (
              <CompareLegend graph={filtered.document} baseText={props.baseText} />
            )}
          </div>
          <SizeNotice document={filtered.document} isWhole={props.isWhole} />
          <div className="pointer-events-none absolute right-[300px] bottom-3.5 left-3.5 z-10 flex gap-2">
            <CompletenessBadge completeness={completeness} />
            <GroupNotice document={filtered.document} />
          </div>
          <CanvasControls
            canvas={canvas}
            layout={props.layout}
            picture={picture}
            partHref={(format, theme) =>
              graphExportHref({
                ...filtered.texts,
                ...windows.span,
                cluster: cluster.name,
                size: windows.size,
                format,
                theme,
                ...servedOverlay(painted),
              })
            }
          />
        </div>
        <TablePanel
          edgeCount={view.edges.length}
          isOpen={isTableOpen || isPrinting}
          onToggle={props.onToggleTable}
        >
          <EdgeTable
            edges={view.edges}
            nodes={view.nodes}
            detailName={view.detailName}
            emphasis={emphasis}
            selection={selection}
            sort={props.state.sort}
            nowMs={nowMs}
            onSelect={onSelect}
            onSort={(sort) => replaceScreenState({ sort })}
            onToggle={open.toggle}
          />
        </TablePanel>
      </div>
      <Details {...props} open={open} completeness={completeness} />
    </div>
  );
}

function Details({
  cluster,
  filtered,
  painted,
  view,
  isReplay,
  selection,
  windows,
  windowText,
  isDrawerOpen,
  completeness,
  open,
  onSelect,
  onCloseDrawer,
}: WorkbenchProps & { readonly completeness: CompletenessView; readonly open: OpenNodes }) {
  const { document, overlay } = painted;
  const draft = parseDraftRef(painted.text);
  if (!isDrawerOpen) return null;
  if (selection === null && draft !== null && document !== null) {
    return (
      <DraftPanel
        key={painted.text}
        cluster={cluster.name}
        start={draft}
        document={document}
        windowText={windowText}
        error={painted.error}
        onRetry={painted.retry}
        onTried={(id) => changeScreenState({ overlay: `draft:${id}` })}
        onSelectEdge={(id) => onSelect({ kind: 'edge', id })}
        onClose={() => changeScreenState({ overlay: '' })}
      />
    );
  }
  if (selection === null) {
    return (
      <OverviewDrawer
        view={isReplay ? frameAlone(view, filtered.document, filtered.emphasis) : view}
        cluster={cluster.name}
        windowText={windowText}
        completeness={completeness}
        lead={<OverlaySummary painted={painted} onSelect={onSelect} />}
        onSelect={onSelect}
        onClose={onCloseDrawer}
      />
    );
  }
  const { kind, id } = selection;
  const unused = document && kind === 'edge' ? unusedBehind(document, id) : null;
  if (unused !== null) {
    return <UnusedDrawer pairs={unused} windowText={windowText} onClose={() => onSelect(null)} />;
  }
  // What is gone has its details where it was.
  const isGone = filtered.document.compared?.get(id)?.change === 'gone';
  const shared = {
    id,
    cluster: cluster.name,
    span: (isGone && windows.base) || windows.span,
    filters: filtered.texts,
    collectors: filtered.document.completeness.sources.map((source) => source.kind),
    onSelect,
  };
  return kind === 'node' ? (
    <NodeDrawer
      {...shared}
      node={view.nodes.find(({ nodeId }) => nodeId === id)}
      lead={<NodeCoverage painted={painted} id={id} />}
      onToggle={() => open.toggle(id)}
    />
  ) : (
    <EdgeDrawer
      {...shared}
      edge={view.edges.find((edge) => edge.id === id)}
      lead={<EdgeOverlayCard title={overlay.title} edge={document?.edges.find((edge) => edge.id === id)} />}
    />
  );
}

/** What is not in the picture, and what stands out of it, in words. */
function leftOut({ only, find }: ScreenState, { filter = '', hide = '' }: FilterTexts) {
  const related = only.related ? 'related to the selection' : '';
  return { filter: [filter, related].filter(Boolean).join(', '), hide, find };
}

/** The overlay that the server can say of every edge too: a draft is tried on the screen. */
function servedOverlay({ overlay: { isAsked, name }, text }: PaintedGraph): { readonly overlay?: string } {
  if (!isAsked || name === 'draft') return {};
  return { overlay: policyOfOverlay(text) === null ? name : text };
}
