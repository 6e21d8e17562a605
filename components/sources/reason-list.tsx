import Link from 'next/link';
import type { Which } from '#lib/client/source-queries.ts';
import type { RejectedList } from '#lib/contracts/rejected.ts';
import { reasonTitle } from '#lib/contracts/remedies.ts';
import { sourceName } from '#lib/contracts/source-names.ts';
import { formatCount, formatExact } from '#lib/kit/format-number.ts';
import { rejectedHref } from './links.ts';

type Reasons = RejectedList['reasons'];

/** The counts by source and reason, which are the way to choose, too. */
export function ReasonList({ reasons, which }: { readonly reasons: Reasons; readonly which: Which }) {
  const total = reasons.reduce((sum, { count }) => sum + count, 0);
  return (
    <nav
      aria-label="Reasons"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className="flex w-[300px] shrink-0 flex-col gap-3 overflow-y-auto border-r border-line bg-ground px-3 py-3 outline-offset-[-2px]"
    >
      <Item
        href="/rejected"
        name="Everything"
        count={total}
        isChosen={which.cluster === undefined && which.reason === undefined}
      />
      {bySource(reasons).map(({ cluster, kind, count, reasons: own }) => {
        const isHere = which.cluster === cluster && which.source === (kind ?? 'unknown');
        return (
          <div key={`${cluster}/${kind ?? ''}`}>
            <Item
              href={rejectedHref({ cluster, kind })}
              name={cluster}
              note={sourceName(kind)}
              count={count}
              isChosen={isHere && which.reason === undefined}
            />
            <ul className="mt-0.5 ml-3 border-l border-line pl-1.5">
              {own.map(({ code, count: ofCode }) => (
                <li key={code}>
                  <Item
                    href={rejectedHref({ cluster, kind }, code)}
                    name={reasonTitle(code)}
                    title={code}
                    count={ofCode}
                    isChosen={isHere && which.reason === code}
                  />
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </nav>
  );
}

function Item({
  href,
  name,
  note,
  title,
  count,
  isChosen,
}: {
  readonly href: string;
  readonly name: string;
  readonly note?: string;
  readonly title?: string;
  readonly count: number;
  readonly isChosen: boolean;
}) {
  return (
    <Link
      href={href}
      title={title}
      aria-current={isChosen ? 'true' : undefined}
      className={`flex min-h-[28px] items-center gap-2 rounded-md px-2 hover:bg-hover aria-[current]:bg-accent-soft ${
        note === undefined ? '' : 'font-semibold'
      }`}
    >
      <span className="min-w-0 flex-1 truncate">
        {name}
        {note !== undefined && <span className="ml-1.5 text-xs font-normal text-muted">{note}</span>}
      </span>
      <span className="tabular text-xs font-semibold text-dropped" title={formatExact(count)}>
        {formatCount(count)}
      </span>
    </Link>
  );
}

function bySource(reasons: Reasons) {
  const sources = new Map<string, Reasons[number][]>();
  for (const reason of reasons) {
    const key = JSON.stringify([reason.cluster, reason.kind]);
    sources.set(key, [...(sources.get(key) ?? []), reason]);
  }
  return [...sources.values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const { cluster, kind } = first;
    return [{ cluster, kind, count: own.reduce((sum, { count }) => sum + count, 0), reasons: own }];
  });
}
