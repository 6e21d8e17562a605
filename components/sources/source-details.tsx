'use client';

import { TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { LinkButton } from '#components/ui/button.tsx';
import { formatInstant } from '#components/ui/format-time.ts';
import { reasonTitle } from '#lib/contracts/remedies.ts';
import type { SourceDocument, SourceList } from '#lib/contracts/sources.ts';
import { formatExact, plural } from '#lib/kit/format-number.ts';
import { graphHref, rejectedHref } from './links.ts';
import { NodeList } from './node-list.tsx';

/** What is known of one source: what is wrong and what to do, its nodes, what was rejected, its figures. */
export function SourceDetails({
  source,
  window,
  nowMs,
}: {
  readonly source: SourceDocument;
  readonly window: SourceList['window'];
  readonly nowMs: number;
}) {
  const { problems, nodes, nodesLeftOut, rejected } = source;
  return (
    <div className="flex flex-col gap-3 px-4 py-4">
      {problems.length > 0 && (
        <ul className="divide-y divide-hairline rounded-[10px] border border-line bg-surface">
          {problems.map(({ code, text }) => (
            <li key={code} className="flex items-start gap-2.5 px-3 py-2">
              <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-dropped" />
              <div className="min-w-0">
                <p className="font-semibold break-words">{text}</p>
                <p className="text-xs text-muted">{nextSteps[code]}</p>
              </div>
            </li>
          ))}
        </ul>
      )}
      <div className="grid grid-cols-1 items-start gap-3 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <Panel title="Nodes" aside="the last 24 hours">
          {nodes.length === 0 ? (
            <p className="text-xs text-muted">
              {source.records > 0
                ? 'This source does not say which node a record was seen on, so that the silence of one cannot be told.'
                : 'No flows in the last 24 hours.'}
            </p>
          ) : (
            <NodeList nodes={nodes} leftOut={nodesLeftOut} window={window} nowMs={nowMs} />
          )}
        </Panel>
        <div className="flex flex-col gap-3">
          <Panel
            title="Rejected"
            aside={rejected.count === 0 ? undefined : `${formatExact(rejected.recent)} in 24 hours`}
          >
            {rejected.count === 0 ? (
              <p className="text-xs text-muted">Every line that came could be read.</p>
            ) : (
              <ul className="-mx-1.5">
                {rejected.reasons.map(({ code, count }) => (
                  <li key={code}>
                    <Link
                      href={rejectedHref(source, code)}
                      className="flex h-[26px] items-center gap-2 rounded-md px-1.5 hover:bg-hover"
                    >
                      <span className="min-w-0 flex-1 truncate">{reasonTitle(code)}</span>
                      <span className="font-mono text-[11px] text-muted">{code}</span>
                      <span className="tabular w-12 text-right font-semibold text-dropped">
                        {formatExact(count)}
                      </span>
                    </Link>
                  </li>
                ))}
              </ul>
            )}
          </Panel>
          <Panel title="In the last 24 hours">
            <dl className="flex flex-col gap-1 text-xs">
              {facts(source).map(({ name, text }) => (
                <div key={name} className="flex gap-2">
                  <dt className="w-24 shrink-0 text-muted">{name}</dt>
                  <dd className="tabular min-w-0 flex-1">{text}</dd>
                </div>
              ))}
            </dl>
          </Panel>
          {source.lastFlowAt !== null && (
            <div className="flex flex-wrap gap-2">
              <LinkButton href={graphHref(source)}>Open its graph</LinkButton>
            </div>
          )}
        </div>
      </div>
    </div>
  );
}

const nextSteps = {
  silent: 'Look whether its shipper runs, and what it says of the answers that it gets.',
  'node-silent': 'Look at the collector on that node: the others deliver.',
  late: 'Look at the shipper: it is behind, or sends seldom; the clock of a node may be wrong, too.',
  folded: 'The sums are right; a source that makes up names, or a scan of ports, is the usual reason.',
  rejected: 'See the lines and what to do about each reason; then try them again.',
} as const;

function facts(source: SourceDocument): readonly { readonly name: string; readonly text: string }[] {
  const { records, lostEvents, sampling, lastReceivedAt } = source;
  return [
    { name: 'Records', text: formatExact(records) },
    { name: 'Lost events', text: lostEvents === 0 ? 'none reported' : plural(lostEvents, 'event') },
    { name: 'Sampling', text: sampling === 1 ? 'every packet' : `1 in ${formatExact(sampling)} packets` },
    { name: 'Last arrival', text: lastReceivedAt === null ? '–' : formatInstant(Date.parse(lastReceivedAt)) },
  ];
}

function Panel({
  title,
  aside,
  children,
}: {
  readonly title: string;
  readonly aside?: string | undefined;
  readonly children: ReactNode;
}) {
  return (
    <section className="rounded-[10px] border border-line bg-surface px-3 pt-2.5 pb-3">
      <div className="mb-1.5 flex items-baseline justify-between gap-2">
        <h2 className="text-xs font-semibold text-muted">{title}</h2>
        {aside !== undefined && <span className="tabular text-[11.5px] text-muted">{aside}</span>}
      </div>
      {children}
    </section>
  );
}
