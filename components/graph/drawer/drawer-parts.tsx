import type { ReactNode } from 'react';
import { Figure, type Unit } from '#components/ui/figure.tsx';
import type { Amount } from '#lib/kit/amount.ts';

/** Pieces that all drawers are made of. */

export function Card({
  title,
  aside,
  children,
}: {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className="rounded-[10px] border border-line bg-surface px-3 pt-2.5 pb-2.5">
      <div className="mb-1.5 flex items-baseline justify-between gap-2">
        <h3 className="min-w-0 text-xs font-semibold break-words text-muted">{title}</h3>
        {aside !== undefined && (
          <span className="shrink-0 text-[11.5px] whitespace-nowrap text-muted">{aside}</span>
        )}
      </div>
      {children}
    </section>
  );
}

export type Tile = {
  readonly label: string;
  readonly amount: Amount;
  readonly unit?: Unit;
  /** Vermilion or ochre where there is something to see. */
  readonly tone?: 'denied' | 'dropped';
};

/** Four numbers, two by two. */
export function Tiles({ tiles }: { readonly tiles: readonly Tile[] }) {
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-[10px] border border-line bg-hairline">
      {tiles.map(({ label, amount, unit = 'count', tone }) => (
        <div key={label} className="flex min-w-0 flex-col-reverse justify-end bg-surface px-3 py-2">
          <dt className="text-[11.5px] leading-snug text-muted">{label}</dt>
          <dd
            className={`truncate text-[17px] leading-6 font-semibold tracking-[-0.01em] ${toneClass(tone, amount)}`}
          >
            <Figure amount={amount} unit={unit} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function toneClass(tone: Tile['tone'], { value }: Amount): string {
  if (tone === undefined || value === 0) return '';
  return tone === 'denied' ? 'text-denied' : 'text-dropped';
}

export const drawerRow = '[&>*]:px-1 [&>*]:py-[3px] last:[&>*]:pb-2.5';

/** A small table: the first column names the row. `className` says where its columns stand. */
export function DrawerTable({
  caption,
  columns,
  className,
  more,
  children,
}: {
  readonly caption: string;
  readonly columns: readonly [string, ...string[]];
  readonly className: string;
  /** What shows the rest of a long table. */
  readonly more: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className="overflow-hidden rounded-[10px] border border-line bg-surface">
      <table className={`w-full text-xs ${className}`}>
        <caption className="sr-only">{caption}</caption>
        <thead className="text-muted">
          <tr className="[&>th]:px-1 [&>th]:pt-2.5 [&>th]:pb-1 [&>th]:font-medium">
            {columns.map((name) => (
              <th
                key={name}
                scope="col"
                className="first:pl-3! first:text-left first:font-semibold! last:pr-3!"
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
      {more && <div className="border-t border-hairline px-3 py-2">{more}</div>}
    </section>
  );
}

/** Names and what they are. */
export function FactList({
  facts,
}: {
  readonly facts: readonly { readonly name: string; readonly text: string }[];
}) {
  return (
    <dl className="flex flex-col gap-1 text-xs">
      {facts.map(({ name, text }) => (
        <div key={`${name} ${text}`} className="flex gap-2">
          <dt className="w-[76px] shrink-0 text-muted">{name}</dt>
          <dd className="tabular min-w-0 flex-1 break-words">{text}</dd>
        </div>
      ))}
    </dl>
  );
}

const pillTones = {
  plain: 'border-line text-muted',
  allowed: 'border-allowed/45 text-allowed',
  denied: 'border-denied/45 text-denied',
  dropped: 'border-dropped/45 text-dropped',
  staged: 'border-staged/45 text-staged',
} as const;

/** A short fact with an outline. */
export function Pill({
  tone = 'plain',
  children,
}: {
  readonly tone?: keyof typeof pillTones;
  readonly children: ReactNode;
}) {
  return (
    <span
      className={`tabular inline-flex h-5 shrink-0 items-center rounded-full border px-2 text-[11.5px] font-medium whitespace-nowrap ${pillTones[tone]}`}
    >
      {children}
    </span>
  );
}

/** Stands where cards will be while their document is on its way. */
export function CardSkeleton({ rows }: { readonly rows: number }) {
  return (
    <div aria-hidden className="animate-pulse rounded-[10px] border border-line bg-surface px-3 py-3">
      <div className="mb-3 h-2.5 w-24 rounded bg-line" />
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are alike
        <div key={row} className="my-2.5 h-2.5 rounded bg-hairline" />
      ))}
    </div>
  );
}
