'use client';

import { CircleCheck, LoaderCircle, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { LinkButton } from '#components/ui/button.tsx';
import { useRejected, useSources } from '#lib/client/source-queries.ts';
import { sourceName } from '#lib/contracts/source-names.ts';
import type { SourceDocument } from '#lib/contracts/sources.ts';
import { formatExact, plural } from '#lib/kit/format-number.ts';
import { graphHref, rejectedHref } from '../links.ts';
import { RejectedGroup } from '../rejected-group.tsx';

/** Waits for what the steps bring: the first flow, or the first line that was refused. */
export function WaitingCard({ cluster, sinceMs }: { readonly cluster: string; readonly sinceMs: number }) {
  const sources = useSources({ isWaiting: true });
  const arrived = (sources.data?.sources ?? []).filter(
    (source) => source.cluster === cluster && Date.parse(source.lastReceivedAt ?? '') >= sinceMs,
  );
  const flowing = arrived.find(({ lastFlowAt }) => lastFlowAt !== null);
  const refused = arrived.find(({ rejected }) => rejected.count > 0);
  if (flowing) return <Flowing source={flowing} refused={refused ?? null} />;
  if (refused) return <Refused source={refused} />;
  return (
    <Card tone="plain" icon={<LoaderCircle aria-hidden className="size-5 animate-spin text-muted" />}>
      <h2 className="font-semibold">Waiting for the first flow of {cluster}</h2>
      <p className="text-xs text-muted">
        {sources.isError
          ? 'Flowloom does not answer at the moment; it is asked again.'
          : 'This page looks every two seconds. It may stay open while you run the steps.'}
      </p>
    </Card>
  );
}

function Flowing({
  source,
  refused,
}: {
  readonly source: SourceDocument;
  readonly refused: SourceDocument | null;
}) {
  return (
    <Card tone="good" icon={<CircleCheck aria-hidden className="size-5 text-accent" />}>
      <h2 className="font-semibold">Flows of {source.cluster} arrive</h2>
      <p className="tabular mb-2.5 text-xs text-muted">
        {sourceName(source.kind)}
        {source.records > 0 && `, ${plural(source.records, 'record')} of the last 24 hours`}
        {refused !== null && `, ${formatExact(refused.rejected.count)} rejected`}
      </p>
      <div className="flex flex-wrap gap-2">
        <LinkButton href={graphHref(source)} look="primary">
          Open its graph
        </LinkButton>
        {refused !== null && <LinkButton href={rejectedHref(refused)}>See what was rejected</LinkButton>}
        <LinkButton href="/sources">All sources</LinkButton>
      </div>
    </Card>
  );
}

function Refused({ source }: { readonly source: SourceDocument }) {
  const { cluster, kind } = source;
  const rejected = useRejected({ cluster, source: kind ?? 'unknown' }, 1, { isWaiting: true });
  const [line] = rejected.data?.kept ?? [];
  return (
    <Card tone="bad" icon={<TriangleAlert aria-hidden className="size-5 text-dropped" />}>
      <h2 className="font-semibold">Something came, and could not be read</h2>
      <p className="mb-2.5 text-xs text-muted">
        {plural(source.rejected.count, 'line')} of {cluster}. This page goes on waiting for a flow.
      </p>
      {line && (
        <ul>
          <RejectedGroup lines={[line]} />
        </ul>
      )}
      <div className="mt-2.5 flex flex-wrap gap-2">
        <LinkButton href={rejectedHref(source)}>See all that was rejected</LinkButton>
      </div>
    </Card>
  );
}

const tones = {
  plain: 'border-line bg-surface',
  good: 'border-accent bg-accent-soft',
  bad: 'border-dropped/45 bg-dropped/6',
} as const;

function Card({
  tone,
  icon,
  children,
}: {
  readonly tone: keyof typeof tones;
  readonly icon: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section
      aria-live="polite"
      aria-label="Arrival"
      className={`flex items-start gap-3 rounded-[10px] border px-3.5 py-3 ${tones[tone]} ${tone === 'plain' ? 'sticky bottom-4 shadow-float' : ''}`}
    >
      <span className="mt-px shrink-0">{icon}</span>
      <div className="min-w-0 flex-1">{children}</div>
    </section>
  );
}
