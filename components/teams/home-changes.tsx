import Link from 'next/link';
import { useMemo } from 'react';
import { ChangeMark } from '#components/graph/compare/change-mark.tsx';
import { Card, CardSkeleton, Pill } from '#components/graph/drawer/drawer-parts.tsx';
import { baseSpanOf } from '#components/time/compare-span.ts';
import type { SpanMs } from '#components/time/span-of.ts';
import { wireSpanOf } from '#components/time/wire-span.ts';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import { useShortList } from '#components/ui/short-list.tsx';
import { useComparison } from '#lib/client/compare-query.ts';
import { problemWords } from '#lib/client/problem-words.ts';
import type { HomeQuestion } from '#lib/client/team-queries.ts';
import { formatCount, plural } from '#lib/kit/format-number.ts';
import { changeNames } from '#lib/picture/change-signs.ts';
import { graphHref, type HomeSight } from './home-links.ts';
import { type ChangeRow, type PeerRow, toChanges } from './home-view.ts';

/** What is not as it was in the window before: new neighbours, and what became of the others. */
export function HomeChanges({
  question: { cluster, namespaces, span: wire },
  sight,
  own,
  span,
}: {
  readonly question: HomeQuestion;
  readonly sight: HomeSight;
  readonly own: ReadonlySet<string>;
  readonly span: SpanMs;
}) {
  const base = wireSpanOf(baseSpanOf({ kind: 'previous' }, span));
  const compared = useComparison(cluster, { span: wire, base }, { namespace: namespaces });
  const view = useMemo(() => compared.data && toChanges(compared.data, own), [compared.data, own]);
  const since =
    sight.range.kind === 'preset' && sight.range.preset === '24h' ? 'yesterday' : 'the window before';
  if (compared.isPending) {
    return (
      <>
        <CardSkeleton rows={2} />
        <CardSkeleton rows={4} />
      </>
    );
  }
  if (!view) {
    const words = problemWords(compared.error ?? new Error('no answer'), 'The changes could not be loaded');
    return <ProblemNotice {...words} onRetry={() => void compared.refetch()} />;
  }
  if (compared.data?.base.completeness.sources.length === 0) return <NothingBefore since={since} />;
  return (
    <>
      <NewPeers peers={view.newPeers} sight={sight} since={since} />
      <Changes rows={view.changes} sight={sight} since={since} />
    </>
  );
}

/** Without a record of before, everything would be new. */
function NothingBefore({ since }: { readonly since: string }) {
  return (
    <Card title={`Changed since ${since}`}>
      <p className="text-xs text-muted">
        Nothing was recorded {since === 'yesterday' ? since : `in ${since}`}, so that there is nothing to
        compare with. A shorter window is compared with the one just before it.
      </p>
    </Card>
  );
}

const rowClass = 'flex h-[26px] items-center gap-2 rounded-md px-1.5 hover:bg-hover';

function NewPeers({
  peers,
  sight,
  since,
}: {
  readonly peers: readonly PeerRow[];
  readonly sight: HomeSight;
  readonly since: string;
}) {
  const list = useShortList(peers, 6, 'new peers');
  return (
    <Card title={`New peers since ${since}`} aside={peers.length === 0 ? 'none' : `${peers.length}`}>
      {peers.length === 0 && <p className="text-xs text-muted">Nobody who was not there before.</p>}
      <ul aria-label="New peers" className="-mx-1.5">
        {list.shown.map((peer) => (
          <li key={peer.nodeId}>
            <Link
              href={graphHref(sight, { selection: { kind: 'edge', id: peer.edgeId }, isCompared: true })}
              className={rowClass}
            >
              <ChangeMark change="new" />
              <span className="min-w-0 flex-1 truncate">{peer.name}</span>
              <span className="text-xs text-muted">{sides[peer.side]}</span>
              <Pill tone={peer.isDenied ? 'denied' : 'plain'}>
                {formatCount(peer.flows)} {peer.isDenied ? 'denied' : 'flows'}
              </Pill>
            </Link>
          </li>
        ))}
      </ul>
      {list.more}
    </Card>
  );
}

const sides: Readonly<Record<PeerRow['side'], string>> = {
  in: 'calls in',
  out: 'is called',
  both: 'both ways',
};

function Changes({
  rows,
  sight,
  since,
}: {
  readonly rows: readonly ChangeRow[];
  readonly sight: HomeSight;
  readonly since: string;
}) {
  const list = useShortList(rows, 8, 'changes');
  return (
    <Card
      title={`Changed since ${since}`}
      aside={
        <Link href={graphHref(sight, { isCompared: true })} className="text-accent hover:underline">
          compare in the graph
        </Link>
      }
    >
      {rows.length === 0 && <p className="text-xs text-muted">Everything flows as it did.</p>}
      <ul aria-label="Changes" className="-mx-1.5">
        {list.shown.map((row) => (
          <li key={row.edgeId}>
            <Link
              href={graphHref(sight, { selection: { kind: 'edge', id: row.edgeId }, isCompared: true })}
              title={`${row.from} → ${row.to}: ${plural(row.flows, 'flow')}, ${row.baseFlows} before`}
              className={rowClass}
            >
              <ChangeMark change={row.change} />
              <span className="sr-only">{changeNames[row.change]}</span>
              <span className="min-w-0 flex-1 truncate">
                {row.from} <span className="text-muted">→</span> {row.to}
              </span>
              {row.isNewlyDenied ? (
                <Pill tone="denied">newly denied</Pill>
              ) : (
                <span className="tabular text-xs text-muted">
                  {formatCount(row.baseFlows)} → {formatCount(row.flows)}
                </span>
              )}
            </Link>
          </li>
        ))}
      </ul>
      {list.more}
    </Card>
  );
}
