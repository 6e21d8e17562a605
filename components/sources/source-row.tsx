'use client';

import { ChevronRight } from 'lucide-react';
import { formatAgo, formatInstant } from '#components/ui/format-time.ts';
import { Sparkline } from '#components/ui/sparkline.tsx';
import { sourceName } from '#lib/contracts/source-names.ts';
import type { SourceDocument } from '#lib/contracts/sources.ts';
import { formatCount, formatExact } from '#lib/kit/format-number.ts';
import { durationText, rateText } from './source-text.ts';
import { StateMark } from './state-mark.tsx';

const cell = 'h-12 border-b border-hairline px-3 first:pl-2 last:pr-4 group-last:border-0';
const number = `${cell} tabular text-right`;

/** One source. The whole row answers to the mouse; its button is what the keyboard finds. */
export function SourceRow({
  source,
  nowMs,
  isOpen,
  onToggle,
}: {
  readonly source: SourceDocument;
  readonly nowMs: number;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}) {
  const { cluster, kind, state, problems, lastFlowAt, lagSeconds, nodes, nodesLeftOut, rejected } = source;
  const hourly = source.perMinute.reduce((all, minute) => all + minute, 0);
  const nodeCount = nodes.length + nodesLeftOut;
  const line = isOpen ? 'border-line' : '';
  return (
    <tr onClick={onToggle} className="cursor-pointer hover:bg-hover">
      <th scope="row" className={`${cell} ${line} text-left font-semibold`}>
        <button
          type="button"
          aria-expanded={isOpen}
          title={cluster}
          className="flex max-w-full items-center gap-1.5"
        >
          <ChevronRight
            aria-hidden
            className={`size-4 shrink-0 text-muted transition-transform ${isOpen ? 'rotate-90' : ''}`}
          />
          <span className="truncate">{cluster}</span>
        </button>
      </th>
      <td className={`${cell} ${line} truncate`}>{sourceName(kind)}</td>
      <td className={`${cell} ${line}`}>
        <StateMark state={state} />
        {problems[0] && (
          <span
            className="block truncate text-xs text-muted"
            title={problems.map(({ text }) => text).join('. ')}
          >
            {problems[0].text}
            {problems.length > 1 && `, and ${problems.length - 1} more`}
          </span>
        )}
      </td>
      <td
        className={`${number} ${line}`}
        title={lastFlowAt === null ? undefined : formatInstant(Date.parse(lastFlowAt))}
      >
        {lastFlowAt === null ? <Unknown /> : formatAgo(Date.parse(lastFlowAt), nowMs)}
      </td>
      <td className={`${number} ${line}`}>
        <span className="flex items-center justify-end gap-3">
          {hourly > 0 && (
            <Sparkline values={source.perMinute} text={`${formatExact(hourly)} records in the last hour`} />
          )}
          <span className="w-11">
            {lastFlowAt === null ? <Unknown /> : rateText(source.recordsPerSecond)}
          </span>
        </span>
      </td>
      <td className={`${number} ${line}`}>
        {state === 'old' || lagSeconds === null ? <Unknown /> : durationText(lagSeconds * 1000)}
      </td>
      <td className={`${number} ${line}`}>{nodeCount === 0 ? <Unknown /> : formatExact(nodeCount)}</td>
      <td
        className={`${number} ${line} ${rejected.count > 0 ? 'font-semibold text-dropped' : 'text-muted'}`}
        title={formatExact(rejected.count)}
      >
        {formatCount(rejected.count)}
      </td>
    </tr>
  );
}

function Unknown() {
  return (
    <span className="text-muted">
      –<span className="sr-only">unknown</span>
    </span>
  );
}
