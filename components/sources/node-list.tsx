import { TriangleAlert } from 'lucide-react';
import { formatAgo, formatInstant } from '#components/ui/format-time.ts';
import type { SourceDocument, SourceList } from '#lib/contracts/sources.ts';
import { formatExact } from '#lib/kit/format-number.ts';
import { durationText } from './source-text.ts';

type Node = SourceDocument['nodes'][number];

/** Each node with its day as a line that its pauses interrupt. */
export function NodeList({
  nodes,
  leftOut,
  window,
  nowMs,
}: {
  readonly nodes: readonly Node[];
  readonly leftOut: number;
  readonly window: SourceList['window'];
  readonly nowMs: number;
}) {
  return (
    <>
      <div
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="max-h-[260px] overflow-y-auto"
      >
        <table className="w-full table-fixed">
          <caption className="sr-only">Nodes and their pauses, the last 24 hours</caption>
          <colgroup>
            <col className="w-[28%]" />
            <col />
            <col className="w-[24%]" />
          </colgroup>
          <thead className="sr-only">
            <tr>
              <th scope="col">Node</th>
              <th scope="col">Pauses</th>
              <th scope="col">Last flow</th>
            </tr>
          </thead>
          <tbody>
            {nodes.map((node) => (
              <tr key={node.name} className="h-[30px]">
                <th
                  scope="row"
                  className="truncate pr-3 text-left font-mono text-xs font-normal"
                  title={node.name}
                >
                  {node.name}
                </th>
                <td className="pr-3">
                  <Day node={node} window={window} />
                </td>
                <td
                  className="tabular truncate text-right text-xs"
                  title={`${formatExact(node.records)} records, the last ${formatInstant(Date.parse(node.lastFlowAt))}`}
                >
                  <LastFlow node={node} nowMs={nowMs} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {leftOut > 0 && (
        <p className="mt-1.5 text-xs text-muted">and {formatExact(leftOut)} more without pauses</p>
      )}
    </>
  );
}

function LastFlow({ node, nowMs }: { readonly node: Node; readonly nowMs: number }) {
  const open = node.gaps.find(({ isOpen }) => isOpen);
  if (open !== undefined) {
    return (
      <span className="inline-flex items-center gap-1 font-medium text-dropped">
        <TriangleAlert aria-hidden className="size-3.5" />
        silent for {durationText(nowMs - Date.parse(open.from))}
      </span>
    );
  }
  if (node.gaps.length === 0)
    return <span className="text-muted">{formatAgo(Date.parse(node.lastFlowAt), nowMs)}</span>;
  return (
    <span className="text-muted">
      {node.gaps.length === 1 ? '1 gap' : `${node.gaps.length} gaps`},{' '}
      {formatAgo(Date.parse(node.lastFlowAt), nowMs)}
    </span>
  );
}

/** A day from left to right; what is missing of it is hatched. */
function Day({ node, window }: { readonly node: Node; readonly window: SourceList['window'] }) {
  const fromMs = Date.parse(window.from);
  const length = Date.parse(window.to) - fromMs;
  const share = (at: string) => Math.max(0, Math.min(100, ((Date.parse(at) - fromMs) / length) * 100));
  const text = node.gaps.map(
    ({ from, to }) => `${formatInstant(Date.parse(from))} to ${formatInstant(Date.parse(to))}`,
  );
  return (
    <span
      role="img"
      aria-label={text.length === 0 ? 'no pause' : `no flows from ${text.join(', and from ')}`}
      title={
        text.length === 0 ? 'No pause of 10 minutes or more' : `No flows from ${text.join(', and from ')}`
      }
      className="relative block h-2 overflow-hidden rounded-full bg-accent/30"
    >
      {node.gaps.map(({ from, to }) => (
        <span
          key={from}
          className="hatched absolute inset-y-0 min-w-[3px] text-dropped"
          style={{ left: `${share(from)}%`, width: `${share(to) - share(from)}%` }}
        />
      ))}
    </span>
  );
}
