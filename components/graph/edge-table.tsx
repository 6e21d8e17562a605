'use client';

import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import { everyRow, useIsPrinting } from '#components/ui/use-printing.ts';
import type { Selection, SortKey, TableSort } from '#lib/contracts/url-state.ts';
import type { EdgeView, NodeView } from '#lib/picture/view.ts';
import { EdgeTableRow, rowHeight } from './edge-table-row.tsx';
import type { Emphasis } from './filter/filtered-graph.ts';
import { GroupRow } from './group-row.tsx';
import { startsDescending, usualSort } from './sort-edges.ts';
import { tableRows } from './table-rows.ts';

type Column = {
  readonly key: SortKey;
  readonly name: string;
  readonly width: string;
  readonly isNumber?: true;
  readonly hint?: string;
};

const ownColumns: readonly Column[] = [
  { key: 'from', name: 'From', width: '18%' },
  { key: 'to', name: 'To', width: '18%' },
  { key: 'ports', name: 'Ports', width: '14%' },
  {
    key: 'connections',
    name: 'Connections',
    width: '10%',
    isNumber: true,
    hint: 'Connections opened, allowed',
  },
  { key: 'flows', name: 'Flows', width: '8%', isNumber: true, hint: 'Flows, allowed' },
  { key: 'bytes', name: 'Bytes', width: '9%', isNumber: true, hint: 'Both directions, allowed' },
  { key: 'denied', name: 'Denied', width: '8%', isNumber: true, hint: 'Flows that a policy denied' },
  { key: 'dropped', name: 'Dropped', width: '8%', isNumber: true, hint: 'Flows lost for another reason' },
  { key: 'lastSeenAtMs', name: 'Last seen', width: '11%', isNumber: true },
];

const changeColumn: Column = {
  key: 'change',
  name: 'Change',
  width: '10%',
  hint: 'Flows per second since the other window; the same within a fifth',
};

/** The overlay's words and what became of an edge get their room from the other columns. */
function columnsWith(detailName: string | null, isCompared: boolean): readonly Column[] {
  const last = isCompared ? [changeColumn] : [];
  if (detailName === null) return [...ownColumns, ...last];
  const at = ownColumns.findIndex(({ key }) => key === 'connections');
  const detail: Column = { key: 'detail', name: detailName, width: '26%' };
  return [...ownColumns.slice(0, at), detail, ...ownColumns.slice(at), ...last];
}

/** The picture as a table: the same edges, the same selection; this is what a screen reader reads. */
export function EdgeTable({
  edges,
  nodes,
  detailName,
  emphasis,
  selection,
  sort,
  nowMs,
  onSelect,
  onSort,
  onToggle,
}: {
  readonly edges: readonly EdgeView[];
  /** Those that are open head the edges that go into them. */
  readonly nodes: readonly NodeView[];
  /** What the overlay calls its words on an edge; null where it has none. */
  readonly detailName: string | null;
  readonly emphasis: Emphasis;
  readonly selection: Selection | null;
  /** null: the usual order. */
  readonly sort: TableSort | null;
  readonly nowMs: number;
  readonly onSelect: (selection: Selection) => void;
  readonly onSort: (sort: TableSort) => void;
  readonly onToggle: (nodeId: string) => void;
}) {
  const { key: sortKey, isDescending } = sort ?? usualSort;
  const sorting = useMemo(() => ({ key: sortKey, isDescending }), [sortKey, isDescending]);
  const scroller = useRef<HTMLDivElement>(null);
  const isCompared = edges.some(({ compared }) => compared !== null);
  const columns = useMemo(() => columnsWith(detailName, isCompared), [detailName, isCompared]);
  const rows = useMemo(() => tableRows(edges, nodes, sorting), [edges, nodes, sorting]);
  const isPrinting = useIsPrinting();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    rangeExtractor: isPrinting ? everyRow : defaultRangeExtractor,
  });
  const chosenIndex = rows.findIndex((row) => row.kind === 'edge' && isChosen(row.edge, selection));
  const scrollToIndex = virtual.scrollToIndex;
  useEffect(() => {
    if (chosenIndex >= 0) scrollToIndex(chosenIndex, { align: 'auto' });
  }, [chosenIndex, scrollToIndex]);

  const sortBy = (key: SortKey) =>
    onSort({ key, isDescending: sorting.key === key ? !sorting.isDescending : startsDescending(key) });
  const onKeyDown = (event: KeyboardEvent<HTMLTableSectionElement>) => {
    const index = indexUnder(event.target);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (index === null || step === undefined) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(rows.length - 1, index + step));
    scrollToIndex(next, { align: 'auto' });
    // The row may only now be made by the virtualizer.
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`tr[data-index="${next}"] button`)?.focus(),
    );
  };

  const shown = virtual.getVirtualItems();
  const before = shown[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (shown.at(-1)?.end ?? 0);
  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-auto bg-surface print:overflow-visible">
      <table
        aria-rowcount={rows.length + 1}
        // More columns than usual are scrolled to, not squeezed until their numbers are cut.
        className={`w-full table-fixed border-separate border-spacing-0 ${columns.length > ownColumns.length ? 'min-w-[1080px]' : 'min-w-[860px]'} print:min-w-0`}
      >
        <caption className="sr-only">Edges of the service graph, from client to server</caption>
        <colgroup>
          {columns.map(({ key, width }) => (
            <col key={key} style={{ width }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <HeadCell key={column.key} column={column} sorting={sorting} onSort={sortBy} />
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={onKeyDown}>
          <Filler height={before} columns={columns.length} />
          {shown.map(({ index }) => {
            const row = rows[index];
            if (row?.kind === 'group') {
              const key = `group ${row.node?.nodeId}`;
              return (
                <GroupRow key={key} row={row} index={index} columnCount={columns.length} onClose={onToggle} />
              );
            }
            const edge = row?.edge;
            return (
              edge && (
                <EdgeTableRow
                  key={edge.id}
                  row={edge}
                  index={index}
                  nowMs={nowMs}
                  hasDetail={detailName !== null}
                  isChosen={selection?.kind === 'edge' && isChosen(edge, selection)}
                  isFound={emphasis.found?.has(edge.id) ?? false}
                  isFaded={emphasis.faded.has(edge.id)}
                  isNear={selection?.kind === 'node' && isChosen(edge, selection)}
                  onChoose={() => onSelect({ kind: 'edge', id: edge.id })}
                />
              )
            );
          })}
          <Filler height={after} columns={columns.length} />
        </tbody>
      </table>
    </div>
  );
}

/** The selected edge, or an edge of the selected node. */
function isChosen(row: EdgeView, selection: Selection | null): boolean {
  if (selection === null) return false;
  if (selection.kind === 'edge') return row.id === selection.id;
  return row.sourceId === selection.id || row.targetId === selection.id;
}

function indexUnder(target: EventTarget): number | null {
  const row = target instanceof Element ? target.closest<HTMLElement>('tr[data-index]') : null;
  return row ? Number(row.dataset.index) : null;
}

/** Stands for the rows that are not made. */
function Filler({ height, columns }: { readonly height: number; readonly columns: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden>
      <td colSpan={columns} style={{ height, padding: 0 }} />
    </tr>
  );
}

function HeadCell({
  column,
  sorting,
  onSort,
}: {
  readonly column: Column;
  readonly sorting: TableSort;
  readonly onSort: (key: SortKey) => void;
}) {
  const isSorted = sorting.key === column.key;
  const isNumber = 'isNumber' in column && column.isNumber;
  const Arrow = sorting.isDescending ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      aria-sort={isSorted ? (sorting.isDescending ? 'descending' : 'ascending') : undefined}
      className="sticky top-0 z-10 border-b border-line bg-surface p-0 px-2 first:pl-3.5 last:pr-3.5"
    >
      <button
        type="button"
        title={column.hint}
        onClick={() => onSort(column.key)}
        className={`flex h-[30px] w-full items-center gap-1 text-xs font-medium hover:text-text focus-visible:outline-offset-[-2px] ${
          isNumber ? 'justify-end' : ''
        } ${isSorted ? 'text-text' : 'text-muted'}`}
      >
        {isSorted && isNumber && <Arrow aria-hidden className="size-3 shrink-0" />}
        {column.name}
        {isSorted && !isNumber && <Arrow aria-hidden className="size-3 shrink-0" />}
      </button>
    </th>
  );
}
