import { ChevronRight } from 'lucide-react';
import type { FlowDocument } from '#lib/contracts/flows.ts';
import type { FlowColumn } from './flow-columns.tsx';
import { FlowDetails } from './flow-details.tsx';
import { flowTime } from './flow-words.ts';

export const rowHeight = 30;

const cell = 'truncate border-b border-hairline px-2 last:pr-4';

/** One flow, and below it all that is known of it when it is open. The whole row answers to the mouse. */
export function FlowRow({
  measure,
  flow,
  index,
  columns,
  isOpen,
  onToggle,
}: {
  readonly measure: (element: Element | null) => void;
  readonly flow: FlowDocument;
  readonly index: number;
  readonly columns: readonly FlowColumn[];
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}) {
  const detailsId = `flow-${index}`;
  return (
    <tbody ref={measure} data-index={index}>
      <tr
        aria-rowindex={index + 2}
        onClick={onToggle}
        style={{ height: rowHeight }}
        className={`cursor-pointer hover:bg-hover ${isOpen ? 'bg-hover' : ''}`}
      >
        <th scope="row" className={`${cell} pl-2.5 text-left font-normal`}>
          <button
            type="button"
            aria-expanded={isOpen}
            aria-controls={isOpen ? detailsId : undefined}
            title={flow.at}
            className="tabular flex max-w-full items-center gap-1.5 text-muted focus-visible:outline-offset-[-1px]"
          >
            <ChevronRight
              aria-hidden
              className={`size-3.5 shrink-0 transition-transform motion-reduce:transition-none ${isOpen ? 'rotate-90' : ''}`}
            />
            <span className="truncate">{flowTime(flow.at)}</span>
          </button>
        </th>
        {columns.map(({ id, isNumber, cell: cellOf }) => {
          const { content, title } = cellOf(flow);
          return (
            <td key={id} title={title} className={`${cell} ${isNumber ? 'text-right' : ''}`}>
              {content}
            </td>
          );
        })}
      </tr>
      {isOpen && (
        <tr id={detailsId}>
          <td colSpan={columns.length + 1} className="border-b border-line bg-ground p-0">
            <FlowDetails flow={flow} />
          </td>
        </tr>
      )}
    </tbody>
  );
}
