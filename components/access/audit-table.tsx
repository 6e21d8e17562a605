'use client';

import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { everyRow, useIsPrinting } from '#components/ui/use-printing.ts';
import type { AuditEventDocument } from '#lib/contracts/audit.ts';
import { actorText, detailText, kindText, subjectText, timeText } from './audit-words.ts';

const columns = [
  { name: 'Time (UTC)', width: '178px' },
  { name: 'Who', width: '22%' },
  { name: 'What', width: '15%' },
  { name: 'Of what', width: '25%' },
  { name: 'Details', width: '16%' },
  { name: 'Address', width: '11%' },
] as const;

const rowHeight = 33;
const cell = 'truncate border-b border-hairline px-2 first:pl-4 last:pr-4';

/** The log, newest first. Only what is in sight is made; the next page is asked for before its end is reached. */
export function AuditTable({
  events,
  hasMore,
  onEnd,
}: {
  readonly events: readonly AuditEventDocument[];
  readonly hasMore: boolean;
  readonly onEnd: () => void;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const isPrinting = useIsPrinting();
  const virtual = useVirtualizer({
    count: events.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 16,
    rangeExtractor: isPrinting ? everyRow : defaultRangeExtractor,
  });
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  const isNearEnd = !isPrinting && hasMore && last >= events.length - 20;
  useEffect(() => {
    if (isNearEnd) onEnd();
  }, [isNearEnd, onEnd]);
  const before = shown[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (shown.at(-1)?.end ?? 0);
  return (
    <section
      ref={scroller}
      aria-label="Rows of the audit log"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className="min-h-0 flex-1 overflow-auto bg-surface outline-offset-[-2px] print:overflow-visible"
    >
      <table
        aria-rowcount={hasMore ? -1 : events.length + 1}
        className="w-full min-w-[900px] print:min-w-0 table-fixed border-separate border-spacing-0"
      >
        <caption className="sr-only">Who read and changed what, newest first</caption>
        <colgroup>
          {columns.map(({ name, width }) => (
            <col key={name} style={{ width }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map(({ name }) => (
              <th
                key={name}
                scope="col"
                className="sticky top-0 z-10 h-[30px] border-b border-line bg-surface px-2 text-left text-xs font-medium text-muted first:pl-4 last:pr-4"
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Filler height={before} />
          {shown.map(({ index }) => {
            const event = events[index];
            return event && <AuditRow key={event.id} event={event} index={index} />;
          })}
          <Filler height={after} />
        </tbody>
      </table>
    </section>
  );
}

function AuditRow({ event, index }: { readonly event: AuditEventDocument; readonly index: number }) {
  const [who, subject, details] = [actorText(event), subjectText(event), detailText(event.details)];
  const tone = event.kind === 'sign-in-failed' || event.kind === 'purge' ? 'font-medium text-denied' : '';
  return (
    <tr aria-rowindex={index + 2} style={{ height: rowHeight }} className="hover:bg-hover">
      <th scope="row" className={`${cell} tabular text-left font-normal text-muted`} title={event.at}>
        {timeText(event.at)}
      </th>
      <td className={`${cell} font-medium`} title={who}>
        {who}
      </td>
      <td className={`${cell} ${tone}`} title={event.kind}>
        {kindText(event.kind)}
      </td>
      <td className={cell} title={subject}>
        {subject}
      </td>
      <td className={`${cell} text-muted`} title={details}>
        {details}
      </td>
      <td className={`${cell} tabular text-muted`} title={event.address ?? undefined}>
        {event.address ?? (event.actor.kind === 'operator' ? 'this machine' : '–')}
      </td>
    </tr>
  );
}

/** Stands for the rows that are not made. */
function Filler({ height }: { readonly height: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden>
      <td colSpan={columns.length} style={{ height, padding: 0 }} />
    </tr>
  );
}
