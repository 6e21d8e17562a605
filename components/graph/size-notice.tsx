import { Scissors } from 'lucide-react';
import type { GraphDocument } from '#lib/contracts/graph.ts';
import { readable } from '#lib/graph/limit-picture.ts';
import { formatExact, plural } from '#lib/kit/format-number.ts';
import { GroupSelect } from './group-notice.tsx';
import { changeScreenState } from './use-screen-state.ts';

/** Says what of a large graph is not drawn, and offers to go on anyway, or back. */
export function SizeNotice({
  document,
  isWhole,
}: {
  readonly document: Pick<GraphDocument, 'nodes' | 'edges' | 'truncated' | 'grouping' | 'window'>;
  readonly isWhole: boolean;
}) {
  const { nodes, edges, truncated, grouping } = document;
  const isLarge = nodes.length > readable.nodes || edges.length > readable.edges;
  if (truncated === null && !(isWhole && isLarge)) return null;
  return (
    <div
      role="status"
      className="absolute bottom-[58px] left-3.5 z-10 flex max-w-[calc(100%-28px)] items-center gap-3 rounded-[10px] border border-line bg-surface py-1.5 pr-1.5 pl-3 text-xs text-muted shadow-float"
    >
      <Scissors aria-hidden className="size-3.5 shrink-0 text-dropped" />
      {truncated === null ? (
        <span>
          Everything is drawn: {plural(nodes.length, 'node')}, {plural(edges.length, 'edge')}. That is more
          than can be read.
        </span>
      ) : (
        <span>
          <span className="font-medium text-text">
            Too large to read whole: the strongest edges are drawn.
          </span>{' '}
          {shownOf(document, truncated)}; what was denied or dropped comes first. A filter shows a part whole.
        </span>
      )}
      {grouping?.by === null && (
        <GroupSelect
          document={document}
          current={null}
          label="Group namespaces"
          className="h-7 shrink-0 gap-1 rounded-[7px] px-2.5 font-medium text-accent hover:bg-hover data-popup-open:bg-hover"
        >
          Group
        </GroupSelect>
      )}
      <button
        type="button"
        onClick={() => changeScreenState({ isWhole: truncated !== null })}
        className="h-7 shrink-0 rounded-[7px] px-2.5 font-medium whitespace-nowrap text-accent hover:bg-hover"
      >
        {truncated === null ? 'Only the strongest' : 'Draw everything'}
      </button>
    </div>
  );
}

/** `2,500 of 6,000 edges`. */
function shownOf(
  { nodes, edges }: Pick<GraphDocument, 'nodes' | 'edges'>,
  leftOut: { readonly nodes: number; readonly edges: number },
): string {
  const ofEdges = `${formatExact(edges.length)} of ${plural(edges.length + leftOut.edges, 'edge')}`;
  if (leftOut.nodes === 0) return ofEdges;
  return `${formatExact(nodes.length)} of ${plural(nodes.length + leftOut.nodes, 'node')}, ${ofEdges}`;
}
