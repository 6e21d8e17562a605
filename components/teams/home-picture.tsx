'use client';

import { CardSkeleton } from '#components/graph/drawer/drawer-parts.tsx';
import { type SpanMs, spanEndingAt } from '#components/time/span-of.ts';
import { Button } from '#components/ui/button.tsx';
import { Figure } from '#components/ui/figure.tsx';
import { formatAgo, formatInstant, formatSpan } from '#components/ui/format-time.ts';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import { problemWords } from '#lib/client/problem-words.ts';
import { useGraph } from '#lib/client/queries.ts';
import type { HomeQuestion } from '#lib/client/team-queries.ts';
import type { ClusterList } from '#lib/contracts/graph.ts';
import type { Amount } from '#lib/kit/amount.ts';
import { HomeGraph } from './home-graph.tsx';
import type { HomeSight } from './home-links.ts';
import { type HomeTotals, toTotals } from './home-view.ts';
import { changeHomeState } from './use-home-state.ts';

/** How much goes on, and the picture of it. */
export function HomePicture({
  question: { cluster: name, namespaces, span: wire },
  sight,
  own,
  title,
  cluster,
  span,
  nowMs,
}: {
  readonly question: HomeQuestion;
  readonly sight: HomeSight;
  readonly own: ReadonlySet<string>;
  readonly title: string;
  /** null: nothing was ever ingested of it. */
  readonly cluster: ClusterList['clusters'][number] | null;
  readonly span: SpanMs;
  readonly nowMs: number;
}) {
  const graph = useGraph(name, wire, { namespace: namespaces });
  if (graph.isPending) return <CardSkeleton rows={9} />;
  if (graph.isError) {
    const words = problemWords(graph.error, 'The graph could not be loaded');
    return <ProblemNotice {...words} onRetry={() => void graph.refetch()} />;
  }
  if (graph.data.edges.length === 0)
    return <Quiet title={title} cluster={cluster} span={span} nowMs={nowMs} />;
  return (
    <>
      <Totals totals={toTotals(graph.data, own)} />
      <HomeGraph document={graph.data} sight={sight} title={title} />
    </>
  );
}

function Totals({ totals }: { readonly totals: HomeTotals }) {
  const { connectionsIn, connectionsOut, denied, neighbours } = totals;
  return (
    <dl className="grid grid-cols-4 gap-px overflow-hidden rounded-[10px] border border-line bg-hairline">
      <Total label="connections in" amount={connectionsIn} />
      <Total label="connections out" amount={connectionsOut} />
      <Total label="flows denied" amount={denied} isGrave />
      <Total label="neighbours" amount={{ value: neighbours, partial: false }} />
    </dl>
  );
}

function Total({
  label,
  amount,
  isGrave = false,
}: {
  readonly label: string;
  readonly amount: Amount;
  readonly isGrave?: boolean;
}) {
  return (
    <div className="flex min-w-0 flex-col-reverse bg-surface px-3 py-2">
      <dt className="text-[11.5px] text-muted">{label}</dt>
      <dd
        className={`truncate text-[17px] leading-6 font-semibold tracking-[-0.01em] ${isGrave && amount.value !== 0 ? 'text-denied' : ''}`}
      >
        <Figure amount={amount} />
      </dd>
    </div>
  );
}

/** No traffic in the window: why that may be, and where there is some. */
function Quiet({
  title,
  cluster,
  span,
  nowMs,
}: {
  readonly title: string;
  readonly cluster: ClusterList['clusters'][number] | null;
  readonly span: SpanMs;
  readonly nowMs: number;
}) {
  const newestMs = cluster === null ? null : Date.parse(cluster.lastFlowAt);
  const isElsewhere = newestMs !== null && (newestMs < span.fromMs || newestMs >= span.toMs);
  return (
    <section className="rounded-[10px] border border-line bg-surface p-5">
      <h2 className="text-base font-semibold tracking-[-0.01em]">No traffic in this window</h2>
      <p className="mt-1 text-[13px] text-muted">
        Nothing from or to <strong className="font-semibold text-text">{title}</strong> was recorded in{' '}
        {formatSpan(span.fromMs, span.toMs, nowMs)}.{' '}
        {newestMs === null
          ? 'No flow of this cluster has arrived yet: whoever runs Flowloom for you connects it as a source.'
          : isElsewhere
            ? `The newest flow that you may see of this cluster is from ${formatInstant(newestMs)}, ${formatAgo(newestMs, nowMs)}.`
            : 'Others in this cluster have traffic: a longer window may show yours.'}
      </p>
      <div className="mt-3 flex flex-wrap gap-2">
        {isElsewhere && (
          <Button
            look="primary"
            onClick={() => changeHomeState({ range: { kind: 'fixed', ...spanEndingAt(newestMs, span) } })}
          >
            Go to the newest flow
          </Button>
        )}
        <Button onClick={() => changeHomeState({ range: { kind: 'preset', preset: '7d' } })}>
          Show the last 7 days
        </Button>
        <Button onClick={() => changeHomeState({ range: { kind: 'preset', preset: '30d' } })}>
          Show the last 30 days
        </Button>
      </div>
    </section>
  );
}
