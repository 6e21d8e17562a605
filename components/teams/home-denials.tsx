import { ArrowRight, Share2 } from 'lucide-react';
import Link from 'next/link';
import { Card, CardSkeleton, Pill } from '#components/graph/drawer/drawer-parts.tsx';
import { VerdictMark } from '#components/graph/verdict-mark.tsx';
import { LinkButton } from '#components/ui/button.tsx';
import { formatAgo } from '#components/ui/format-time.ts';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import { useShortList } from '#components/ui/short-list.tsx';
import { problemWords } from '#lib/client/problem-words.ts';
import { type HomeQuestion, useDenials } from '#lib/client/team-queries.ts';
import { formatCount, formatExact, plural } from '#lib/kit/format-number.ts';
import { ContactText } from './contact-text.tsx';
import { graphHref, type HomeSight } from './home-links.ts';
import { type AskRow, type DecisionRow, type DenialRow, toDenials } from './home-view.ts';

/** What was denied, which policy did it, whom to ask, and the way to it on the graph. */
export function HomeDenials({
  question,
  sight,
  admins,
  nowMs,
}: {
  readonly question: HomeQuestion;
  readonly sight: HomeSight;
  readonly admins: readonly string[];
  readonly nowMs: number;
}) {
  const denials = useDenials(question);
  const rows = denials.data ? toDenials(denials.data, admins) : [];
  const list = useShortList(rows, 8, 'denied connections');
  if (denials.isPending) return <CardSkeleton rows={5} />;
  if (denials.isError) {
    const words = problemWords(denials.error, 'What was denied could not be loaded');
    return <ProblemNotice {...words} onRetry={() => void denials.refetch()} />;
  }
  return (
    <Card title="Denied, by what, and whom to ask" aside={countText(rows.length + denials.data.leftOut)}>
      {rows.length === 0 && (
        <p className="py-1 text-[13px] text-muted">
          Nothing was denied here in this window. A longer window may show more.
        </p>
      )}
      <ul aria-label="Denied connections" className="-mx-3">
        {list.shown.map((row) => (
          <Denial key={row.edgeId} row={row} sight={sight} nowMs={nowMs} />
        ))}
      </ul>
      {list.more && <p className="pt-2">{list.more}</p>}
      {denials.data.leftOut > 0 && (
        <p className="pt-2 text-xs text-muted">
          {plural(denials.data.leftOut, 'more connection')} with denied flows:{' '}
          <Link href={graphHref(sight)} className="text-accent underline">
            the graph
          </Link>{' '}
          has them all.
        </p>
      )}
    </Card>
  );
}

function countText(count: number): string {
  return count === 0 ? 'none' : plural(count, 'connection');
}

function Denial({
  row,
  sight,
  nowMs,
}: {
  readonly row: DenialRow;
  readonly sight: HomeSight;
  readonly nowMs: number;
}) {
  const [first, ...others] = row.ports;
  return (
    <li className="border-t border-hairline px-3 py-2.5 first:border-t-0">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <VerdictMark verdict="denied" />
        <span className="flex min-w-0 items-center gap-1.5 font-semibold">
          <span className="truncate">{row.from}</span>
          <ArrowRight aria-label="to" className="size-3.5 shrink-0 text-muted" />
          <span className="truncate">{row.to}</span>
        </span>
        {first !== undefined && (
          <Pill>
            {first}
            {others.length > 0 && ` +${others.length}`}
          </Pill>
        )}
        <span className="text-xs text-muted" title={`${formatExact(row.flows)} flows denied`}>
          <span className="font-medium text-denied">{formatCount(row.flows)} denied</span>
          {row.allowedFlows > 0 && `, ${formatCount(row.allowedFlows)} allowed`} · last seen{' '}
          {formatAgo(row.lastSeenAtMs, nowMs)}
        </span>
        <span className="min-w-2 flex-1" />
        <LinkButton href={graphHref(sight, { selection: { kind: 'edge', id: row.edgeId } })}>
          <Share2 aria-hidden className="text-muted" />
          Show in the graph
          <span className="sr-only">
            : {row.from} to {row.to}
          </span>
        </LinkButton>
      </div>
      <dl className="mt-1 grid grid-cols-[76px_1fr] gap-x-2 gap-y-0.5 text-xs">
        <dt className="text-muted">Decided by</dt>
        <dd className="flex min-w-0 flex-col gap-0.5">
          {row.decisions.map((decision) => (
            <Decision key={decision.key} decision={decision} isOnly={row.decisions.length === 1} />
          ))}
        </dd>
        <dt className="text-muted">Whom to ask</dt>
        <dd className="flex min-w-0 flex-col gap-0.5">
          {row.asks.map((ask) => (
            <Ask key={`${ask.name} ${ask.why}`} ask={ask} />
          ))}
        </dd>
      </dl>
    </li>
  );
}

function Decision({ decision, isOnly }: { readonly decision: DecisionRow; readonly isOnly: boolean }) {
  const { text, title, href, tier, where, flows } = decision;
  return (
    <span className="flex min-w-0 flex-wrap items-baseline gap-x-1.5">
      {href === null ? (
        <span title={title}>{text}</span>
      ) : (
        <Link href={href} title={title} className="min-w-0 truncate font-mono text-accent hover:underline">
          {text}
        </Link>
      )}
      <span className="text-muted">
        {[
          ...(tier === null ? [] : [`tier ${tier}`]),
          ...(where === '' ? [] : [where]),
          ...(isOnly ? [] : [plural(flows, 'flow')]),
        ].join(' · ')}
      </span>
    </span>
  );
}

function Ask({ ask: { name, contact, admins, why } }: { readonly ask: AskRow }) {
  const ways = [contact?.owner, contact?.contact].filter((way) => typeof way === 'string');
  const people = name === null ? admins : ways;
  return (
    <span className="flex min-w-0 flex-wrap gap-x-1.5">
      {people.length === 0 && <span>whoever runs Flowloom for you</span>}
      {people.map((text) => (
        <ContactText key={text} text={text} />
      ))}
      <span className="text-muted">{name === null ? why : `for ${name}, ${why}`}</span>
    </span>
  );
}
