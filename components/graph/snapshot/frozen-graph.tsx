'use client';

import { useMemo, useRef } from 'react';
import { useIsPrinting } from '#components/ui/use-printing.ts';
import type { GraphDocument } from '#lib/contracts/graph.ts';
import type { ScreenState, Selection } from '#lib/contracts/url-state.ts';
import type { LegendEntry } from '#lib/picture/overlay/overlay.ts';
import { verdictOverlay } from '#lib/picture/overlay/verdict.ts';
import type { GraphView } from '#lib/picture/view.ts';
import { type CanvasHandle, GraphCanvas } from '../canvas/graph-canvas.tsx';
import { CanvasControls } from '../canvas-controls.tsx';
import { toCompleteness } from '../completeness-text.ts';
import { OverviewDrawer } from '../drawer/overview-drawer.tsx';
import { EdgeTable } from '../edge-table.tsx';
import { PrintedPicture } from '../export/printed-picture.tsx';
import type { ShownPicture } from '../export/shown-picture.ts';
import type { Emphasis } from '../filter/filtered-graph.ts';
import { LineMark } from '../overlay/line-mark.tsx';
import { TablePanel } from '../table-panel.tsx';
import { openNodes } from '../toggle-nodes.ts';
import type { Arranging } from '../use-kept-places.ts';
import { changeScreenState, replaceScreenState } from '../use-screen-state.ts';
import { useShortcuts } from '../use-shortcuts.ts';
import { FrozenEdge, FrozenNode } from './frozen-drawer.tsx';

/** How a picture is looked at. */
type Looking = Pick<ScreenState, 'level' | 'selection' | 'isTableOpen' | 'isDrawerOpen' | 'sort'>;

type FrozenGraphProps = {
  readonly pictureKey: string;
  readonly document: GraphDocument;
  readonly view: GraphView;
  readonly emphasis: Emphasis;
  readonly arranging: Arranging;
  readonly state: Looking;
  /** Who keeps how it is looked at, where the address does not. */
  readonly onLook?: (change: Partial<Looking>) => void;
  readonly title: string;
  readonly windowText: string;
  readonly nowMs: number;
  /** Filters that it stands under; none where they are left out. */
  readonly filters?: Filters;
  /** True where whoever looks is signed in, and may export what their rights say. */
  readonly isExported?: true;
  /** True where nodes cannot be opened: there is one picture and no more. */
  readonly isFlat?: true;
};

type Filters = Pick<ShownPicture, 'filter' | 'hide' | 'find'>;

const noFilters: Filters = { filter: '', hide: '', find: '' };

const nothing = () => undefined;

/** A picture that nothing behind it changes: the canvas, its table and the details, all of one document. */
export function FrozenGraph(props: FrozenGraphProps) {
  const { document, view, emphasis, arranging, state, nowMs, isFlat, filters = noFilters } = props;
  const { selection, isTableOpen, isDrawerOpen } = state;
  const canvas = useRef<CanvasHandle>(null);
  const above = useRef<HTMLDivElement>(null);
  const isPrinting = useIsPrinting();
  const picture: ShownPicture = {
    ...filters,
    graph: document,
    cluster: props.title,
    overlay: verdictOverlay,
    base: null,
  };
  const drawn = () => canvas.current?.drawn() ?? null;
  const open = openNodes(view.nodes);
  const toggle = isFlat ? () => false : open.toggle;
  const { onLook: change = changeScreenState, onLook: replace = replaceScreenState } = props;
  const toggleTable = () => replace({ isTableOpen: !isTableOpen });
  const select = (next: Selection | null) =>
    change({ selection: next, ...(next !== null && { isDrawerOpen: true }) });
  useShortcuts({
    f: () => canvas.current?.fit(),
    '+': () => canvas.current?.zoom(1.3),
    '-': () => canvas.current?.zoom(1 / 1.3),
    t: toggleTable,
    d: () => replace({ isDrawerOpen: !isDrawerOpen }),
    escape: () => select(null),
  });
  return (
    <div className="flex min-h-0 flex-1 print:block">
      <div className="flex min-w-0 flex-1 flex-col print:block">
        {isPrinting && <PrintedPicture picture={picture} drawn={drawn} />}
        <div className="dotted-ground relative min-h-0 flex-1 overflow-hidden print:hidden">
          <GraphCanvas
            ref={canvas}
            pictureKey={`${props.pictureKey} ${state.level}`}
            view={view}
            selection={selection}
            emphasis={emphasis}
            arranging={arranging}
            onPlaced={nothing}
            onForgotten={nothing}
            onSelect={select}
            onToggle={toggle}
            above={above}
          />
          <div ref={above}>
            <FrozenLegend legend={view.legend} note={view.note} />
          </div>
          <CanvasControls canvas={canvas} layout={null} {...(props.isExported && { picture })} />
        </div>
        <TablePanel edgeCount={view.edges.length} isOpen={isTableOpen || isPrinting} onToggle={toggleTable}>
          <EdgeTable
            edges={view.edges}
            nodes={view.nodes}
            detailName={view.detailName}
            emphasis={emphasis}
            selection={selection}
            sort={state.sort}
            nowMs={nowMs}
            onSelect={select}
            onSort={(sort) => replace({ sort })}
            onToggle={toggle}
          />
        </TablePanel>
      </div>
      {isDrawerOpen && (
        <FrozenDetails {...props} onSelect={select} onClose={() => replace({ isDrawerOpen: false })} />
      )}
    </div>
  );
}

function FrozenDetails({
  document,
  view,
  state: { selection },
  title,
  windowText,
  nowMs,
  onSelect,
  onClose,
}: FrozenGraphProps & {
  readonly onSelect: (selection: Selection | null) => void;
  readonly onClose: () => void;
}) {
  const completeness = useMemo(() => knownCompleteness(document, nowMs), [document, nowMs]);
  const edge = selection?.kind === 'edge' ? view.edges.find(({ id }) => id === selection.id) : undefined;
  if (edge) return <FrozenEdge edge={edge} onSelect={onSelect} />;
  const node = selection?.kind === 'node' ? document.nodes.find(({ id }) => id === selection.id) : undefined;
  if (node) return <FrozenNode document={document} node={node} onSelect={onSelect} />;
  return (
    <OverviewDrawer
      view={view}
      cluster={title}
      windowText={windowText}
      completeness={completeness}
      lead={null}
      onSelect={onSelect}
      onClose={onClose}
    />
  );
}

/** Where nothing is told of the sources, nothing is said of what they lost. */
function knownCompleteness(document: GraphDocument, nowMs: number) {
  const all = toCompleteness(document, nowMs);
  if (document.completeness.sources.length > 0) return all;
  const known = ['Window', 'Asked for', 'Grain', 'Left out'];
  return { ...all, facts: all.facts.filter(({ name }) => known.includes(name)) };
}

/** What the lines mean; there is nothing to switch. */
function FrozenLegend({ legend, note }: { readonly legend: readonly LegendEntry[]; readonly note: string }) {
  return (
    <section
      aria-label="Legend"
      className="pointer-events-none absolute top-3.5 left-3.5 z-10 max-w-[calc(100%-28px)] rounded-[10px] border border-line bg-surface px-3.5 py-1 text-xs text-muted shadow-float"
    >
      <ul className="flex min-h-7 flex-wrap items-center gap-x-3.5 gap-y-0.5">
        {legend.map((entry) => (
          <li key={entry.text} className="flex items-center gap-2 whitespace-nowrap">
            {entry.kind === 'line' && <LineMark tone={entry.tone} />}
            {entry.text}
          </li>
        ))}
        {note !== '' && <li className="whitespace-nowrap">{note}</li>}
      </ul>
    </section>
  );
}
