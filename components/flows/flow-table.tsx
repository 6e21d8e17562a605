'use client';

import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { everyRow, useIsPrinting } from '#components/ui/use-printing.ts';
import type { FlowDocument } from '#lib/contracts/flows.ts';
import { type FlowColumn, flowColumns } from './flow-columns.tsx';
import { FlowRow, rowHeight } from './flow-row.tsx';

const timeWidth = 178;
/** How far from the end the next page is asked for. */
const rowsAhead = 40;

/** Single flows, newest first. Only what is in sight is made; the next page is asked for before its end is reached. */
export function FlowTable({
  flows,
  shown,
  hasMore,
  onEnd,
}: {
  readonly flows: readonly FlowDocument[];
  /** Ids of the columns beside the time. */
  readonly shown: readonly string[];
  readonly hasMore: boolean;
  readonly onEnd: () => void;
}) {
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const scroller = useRef<HTMLDivElement>(null);
  const columns = flowColumns.filter(({ id }) => shown.includes(id));
  const isPrinting = useIsPrinting();
  const virtual = useVirtualizer({
    count: flows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    // The head stands over the first rows of what is in sight.
    scrollPaddingStart: 31,
    overscan: 16,
    rangeExtractor: isPrinting ? everyRow : defaultRangeExtractor,
  });
  const items = virtual.getVirtualItems();
  // On paper all rows are made, which is no reason to load more.
  const isNearEnd = !isPrinting && hasMore && (items.at(-1)?.index ?? 0) >= flows.length - rowsAhead;
  useEffect(() => {
    if (isNearEnd) onEnd();
  }, [isNearEnd, onEnd]);

  const toggle = (index: number) => {
    const next = new Set(open);
    if (!next.delete(index)) next.add(index);
    setOpen(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const index = indexUnder(event.target);
    if (index === null) return;
    const next = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: flows.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const wanted = Math.max(0, Math.min(flows.length - 1, next));
    virtual.scrollToIndex(wanted, { align: 'auto' });
    // The row may only now be made by the virtualizer.
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`tbody[data-index="${wanted}"] button`)?.focus(),
    );
  };

  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  const widths = [timeWidth, ...columns.map(({ width }) => width)];
  return (
    <section
      ref={scroller}
      aria-label="Flows"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      onKeyDown={onKeyDown}
      className="min-h-0 flex-1 overflow-auto bg-surface outline-offset-[-2px] print:overflow-visible"
    >
      <table
        aria-rowcount={hasMore ? -1 : flows.length + 1}
        style={{ minWidth: isPrinting ? 0 : widths.reduce((sum, width) => sum + width, 0) }}
        className="w-full table-fixed border-separate border-spacing-0"
      >
        <caption className="sr-only">
          Single flows, newest first; each row opens to all that is known of it
        </caption>
        <colgroup>
          {widths.map((width, index) => (
            <col key={columns[index - 1]?.id ?? 'time'} style={{ width }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            <HeadCell name="Time (UTC)" />
            {columns.map((column) => (
              <HeadCell key={column.id} {...column} />
            ))}
          </tr>
        </thead>
        <Filler height={before} span={widths.length} />
        {items.map(({ index }) => {
          const flow = flows[index];
          return (
            flow && (
              <FlowRow
                key={index}
                measure={virtual.measureElement}
                flow={flow}
                index={index}
                columns={columns}
                isOpen={open.has(index)}
                onToggle={() => toggle(index)}
              />
            )
          );
        })}
        <Filler height={after} span={widths.length} />
      </table>
    </section>
  );
}

function HeadCell({ name, isNumber }: Partial<FlowColumn> & { readonly name: string }) {
  return (
    <th
      scope="col"
      className={`sticky top-0 z-10 h-[30px] border-b border-line bg-surface px-2 text-xs font-medium text-muted first:pl-4 last:pr-4 ${isNumber ? 'text-right' : 'text-left'}`}
    >
      {name}
    </th>
  );
}

function indexUnder(target: EventTarget): number | null {
  const row = target instanceof Element ? target.closest<HTMLElement>('tbody[data-index]') : null;
  return row ? Number(row.dataset.index) : null;
}

/** Stands for the rows that are not made. */
function Filler({ height, span }: { readonly height: number; readonly span: number }) {
  if (height <= 0) return null;
  return (
    <tbody aria-hidden>
      <tr>
        <td colSpan={span} style={{ height, padding: 0 }} />
      </tr>
    </tbody>
  );
}
