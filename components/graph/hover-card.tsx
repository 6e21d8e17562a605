import { Figure } from '#components/ui/figure.tsx';
import { formatCount, plural } from '#lib/kit/format-number.ts';
import { kindName } from '#lib/picture/node-names.ts';
import type { EdgeView, GraphView, NodeView } from '#lib/picture/view.ts';
import type { Hovered } from './canvas/events.ts';
import { VerdictMark } from './verdict-mark.tsx';

/** The short answer to a pointing mouse: who it is in full, and how much. */
export function HoverCard({ hovered, view }: { readonly hovered: Hovered; readonly view: GraphView }) {
  const node = hovered.kind === 'node' ? view.nodes.find(({ id }) => id === hovered.id) : undefined;
  const edge = hovered.kind === 'edge' ? view.edges.find(({ id }) => id === hovered.id) : undefined;
  if (!node && !edge) return null;
  const isLow = hovered.y > 90;
  return (
    <div
      aria-hidden
      className="pointer-events-none absolute z-20 w-max max-w-[272px] rounded-lg border border-line bg-raised px-2.5 py-1.5 text-xs shadow-float"
      style={{
        left: `clamp(142px, ${hovered.x}px, calc(100% - 142px))`,
        top: hovered.y,
        transform: isLow ? 'translate(-50%, calc(-100% - 9px))' : 'translate(-50%, 44px)',
      }}
    >
      {node && <NodeFacts node={node} />}
      {edge && <EdgeFacts edge={edge} />}
    </div>
  );
}

function NodeFacts({ node }: { readonly node: NodeView }) {
  return (
    <>
      <p className="font-semibold break-all">{node.name}</p>
      <p className="text-muted">
        {kindName(node.kind)} · {plural(node.clients, 'client')} · {plural(node.servers, 'server')}
      </p>
      {node.deniedHere > 0 && (
        <p className="font-medium text-denied">{formatCount(node.deniedHere)} flows denied here</p>
      )}
    </>
  );
}

function EdgeFacts({ edge }: { readonly edge: EdgeView }) {
  const has = (verdict: EdgeView['verdicts'][number]) => edge.verdicts.includes(verdict);
  return (
    <>
      <p className="font-semibold break-all">
        {edge.from} → {edge.to}
      </p>
      <p className="text-muted">
        {edge.ports.slice(0, 4).join(', ')}
        {edge.ports.length > 4 ? ', …' : ''}
      </p>
      {edge.detail !== '' && <p className="mt-0.5 break-words">{edge.detail}</p>}
      <ul className="mt-0.5 flex flex-col">
        {has('allowed') && (
          <li className="flex items-center gap-2">
            <VerdictMark verdict="allowed" width={18} />
            <span>
              <Figure amount={edge.connections} /> connections, <Figure amount={edge.bytes} unit="bytes" />
            </span>
          </li>
        )}
        {has('denied') && (
          <li className="flex items-center gap-2">
            <VerdictMark verdict="denied" width={18} />
            <span>
              <Figure amount={edge.denied} /> flows denied
            </span>
          </li>
        )}
        {has('dropped') && (
          <li className="flex items-center gap-2">
            <VerdictMark verdict="dropped" width={18} />
            <span>
              <Figure amount={edge.dropped} /> flows dropped
            </span>
          </li>
        )}
      </ul>
    </>
  );
}
