import { ChevronDown } from 'lucide-react';
import { plural } from '#lib/kit/format-number.ts';
import { kindName } from '#lib/picture/node-names.ts';
import { rowHeight } from './edge-table-row.tsx';
import type { TableRow } from './table-rows.ts';

/** The heading of an open node's edges; its button closes the node. */
export function GroupRow({
  row: { node, name, edgeCount },
  index,
  columnCount,
  onClose,
}: {
  readonly row: Extract<TableRow, { kind: 'group' }>;
  readonly index: number;
  readonly columnCount: number;
  readonly onClose: (nodeId: string) => void;
}) {
  return (
    <tr data-index={index} aria-rowindex={index + 2} style={{ height: rowHeight }}>
      <th
        scope="rowgroup"
        colSpan={columnCount}
        className="border-b border-hairline bg-ground px-2 pl-3.5 text-left text-xs font-semibold"
      >
        {node === null ? (
          <span className="text-muted">In no open node</span>
        ) : (
          <button
            type="button"
            aria-expanded
            title={`Close ${name}`}
            onClick={() => onClose(node.nodeId)}
            className="flex max-w-full items-center gap-1.5 focus-visible:outline-offset-[-1px]"
          >
            <ChevronDown aria-hidden className="size-3.5 shrink-0 text-muted" />
            <span className="truncate">{name}</span>
            <span className="font-normal whitespace-nowrap text-muted">
              {kindName(node.kind)}, {plural(edgeCount, 'edge')}
            </span>
          </button>
        )}
      </th>
    </tr>
  );
}
