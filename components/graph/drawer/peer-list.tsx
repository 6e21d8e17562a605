import { Figure } from '#components/ui/figure.tsx';
import { formatExact } from '#lib/kit/format-number.ts';
import type { PeerRow } from '../detail-view.ts';

const colours = { allowed: 'bg-allowed', denied: 'bg-denied', dropped: 'bg-dropped' } as const;

const shownAtOnce = 12;

/** The other ends, each with a bar; a row selects the edge to it. */
export function PeerList({
  peers,
  onSelectEdge,
}: {
  readonly peers: readonly PeerRow[];
  readonly onSelectEdge: (id: string) => void;
}) {
  const [rest, shown] = [peers.slice(shownAtOnce), peers.slice(0, shownAtOnce)];
  return (
    <>
      <ul className="-mx-1.5">
        {shown.map((peer) => (
          <Peer key={peer.edgeId} peer={peer} onSelectEdge={onSelectEdge} />
        ))}
      </ul>
      {rest.length > 0 && (
        <details className="-mx-1.5">
          <summary className="cursor-pointer px-1.5 py-1 text-xs text-muted hover:text-text">
            {rest.length} more
          </summary>
          <ul>
            {rest.map((peer) => (
              <Peer key={peer.edgeId} peer={peer} onSelectEdge={onSelectEdge} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function Peer({
  peer,
  onSelectEdge,
}: {
  readonly peer: PeerRow;
  readonly onSelectEdge: (id: string) => void;
}) {
  const isAllDenied = peer.bars.every(({ verdict }) => verdict !== 'allowed');
  return (
    <li>
      <button
        type="button"
        title={`${peer.name}${peer.denied > 0 ? `: ${formatExact(peer.denied)} flows denied` : ''}`}
        onClick={() => onSelectEdge(peer.edgeId)}
        className="flex h-[26px] w-full items-center gap-3 rounded-md px-1.5 text-left hover:bg-hover"
      >
        <span className="w-[118px] shrink-0 truncate">{peer.name}</span>
        <span aria-hidden className="flex h-1.5 min-w-0 flex-1 gap-0.5">
          {peer.bars.map(({ verdict, share }) => (
            <span
              key={verdict}
              className={`rounded-full ${colours[verdict]}`}
              style={{ width: `${share * 100}%` }}
            />
          ))}
        </span>
        <span className={`w-14 shrink-0 text-right text-xs ${isAllDenied ? 'text-denied' : 'text-muted'}`}>
          <Figure amount={peer.volume} />
          {isAllDenied && <span className="sr-only"> flows, none allowed</span>}
        </span>
      </button>
    </li>
  );
}
