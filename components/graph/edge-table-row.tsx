import { Figure } from '#components/ui/figure.tsx';
import { formatAgo, formatInstant } from '#components/ui/format-time.ts';
import { formatExact } from '#lib/kit/format-number.ts';
import { changeNames } from '#lib/picture/change-signs.ts';
import type { EdgeView } from '#lib/picture/view.ts';
import { ChangeMark } from './compare/change-mark.tsx';
import { VerdictMark } from './verdict-mark.tsx';

export const rowHeight = 29;

const cell = 'border-b border-hairline px-2 first:pl-3.5 last:pr-3.5 truncate';
const number = `${cell} text-right`;

/** One edge. The whole row answers to the mouse; its button is what the keyboard and a screen reader find. */
export function EdgeTableRow({
  row,
  index,
  nowMs,
  hasDetail,
  isChosen,
  isNear,
  isFound,
  isFaded,
  onChoose,
}: {
  readonly row: EdgeView;
  readonly index: number;
  readonly nowMs: number;
  readonly hasDetail: boolean;
  readonly isChosen: boolean;
  readonly isNear: boolean;
  readonly isFound: boolean;
  /** Hidden by a filter, and kept in the picture. */
  readonly isFaded: boolean;
  readonly onChoose: () => void;
}) {
  const ports = row.ports.join(', ');
  const tone = (value: number | null, colour: string) =>
    value === 0 ? 'text-muted' : `font-semibold ${colour}`;
  return (
    <tr
      data-index={index}
      aria-rowindex={index + 2}
      aria-current={isChosen ? 'true' : undefined}
      onClick={onChoose}
      style={{ height: rowHeight }}
      className={`cursor-pointer hover:bg-hover aria-[current]:bg-accent-soft ${isNear ? 'bg-accent-soft/50' : ''} ${isFaded ? 'text-muted italic' : ''}`}
    >
      <th
        scope="row"
        className={`${cell} text-left font-medium ${isFound ? 'shadow-[inset_3px_0_0_var(--accent)]' : ''}`}
      >
        <button
          type="button"
          title={row.from}
          className="flex max-w-full items-center gap-2.5 focus-visible:outline-offset-[-1px]"
        >
          <VerdictMark verdict={row.verdicts.at(-1) ?? 'allowed'} width={16} />
          <span className="truncate">{row.from}</span>
          <span className="sr-only">
            , {row.verdicts.join(' and ')}
            {isFound ? ', found' : ''}
            {isFaded ? ', hidden' : ''}
          </span>
        </button>
      </th>
      <td className={cell} title={row.to}>
        {row.to}
      </td>
      <td className={cell} title={ports}>
        {ports}
      </td>
      {hasDetail && (
        <td className={cell} title={row.detail}>
          {row.detail}
        </td>
      )}
      <td className={number}>
        <Figure amount={row.connections} />
      </td>
      <td className={number}>
        <Figure amount={row.flows} />
      </td>
      <td className={number}>
        <Figure amount={row.bytes} unit="bytes" />
      </td>
      <td className={`${number} ${tone(row.denied.value, 'text-denied')}`}>
        <Figure amount={row.denied} />
      </td>
      <td className={`${number} ${tone(row.dropped.value, 'text-dropped')}`}>
        <Figure amount={row.dropped} />
      </td>
      <td className={`${number} text-muted`} title={formatInstant(row.lastSeenAtMs)}>
        {formatAgo(row.lastSeenAtMs, nowMs)}
      </td>
      {row.compared && (
        <td
          className={cell}
          title={`${formatExact(row.compared.baseFlows)} flows in the window that it is compared with`}
        >
          <span className="flex items-center gap-1.5">
            <ChangeMark change={row.compared.change} />
            {changeNames[row.compared.change]}
          </span>
        </td>
      )}
    </tr>
  );
}
