'use client';

import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { ArrowRight, EyeOff, TriangleAlert } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { everyRow, useIsPrinting } from '#components/ui/use-printing.ts';
import type { PoliciesDocument } from '#lib/contracts/policies.ts';
import { plural } from '#lib/kit/format-number.ts';
import type { PoliciesView, TierColumn } from './policies-view.ts';
import { cardHeight, PolicyCardButton } from './policy-card.tsx';

/** Between two cards. */
const gap = 8;

/** Tiers from left to right as they are evaluated, in each its policies from top to bottom. */
export function TierColumns({
  document,
  view,
  open,
  nowMs,
}: {
  readonly document: PoliciesDocument;
  readonly view: PoliciesView;
  /** The policy that is open. */
  readonly open: string | null;
  readonly nowMs: number;
}) {
  return (
    <section
      aria-label="Tiers in the order of evaluation"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className="flex min-h-0 flex-1 gap-2 overflow-x-auto p-4 outline-offset-[-2px] print:flex-wrap print:overflow-visible print:px-0"
    >
      {view.tiers.map((tier) => (
        <Column key={tier.name} tier={tier} open={open} nowMs={nowMs} />
      ))}
      <Remainder document={document} />
    </section>
  );
}

function Column({
  tier,
  open,
  nowMs,
}: {
  readonly tier: TierColumn;
  readonly open: string | null;
  readonly nowMs: number;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const { cards } = tier;
  const isPrinting = useIsPrinting();
  const virtual = useVirtualizer({
    count: cards.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => cardHeight + gap,
    overscan: 6,
    rangeExtractor: isPrinting ? everyRow : defaultRangeExtractor,
  });
  const openAt = cards.findIndex(({ id }) => id === open);
  const scrollToIndex = virtual.scrollToIndex;
  useEffect(() => {
    if (openAt >= 0) scrollToIndex(openAt, { align: 'auto' });
  }, [openAt, scrollToIndex]);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const from = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-card]') : null;
    if (step === undefined || from === null) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(cards.length - 1, Number(from.dataset.card) + step));
    scrollToIndex(next, { align: 'auto' });
    // The card may only now be made by the virtualizer.
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-card="${next}"]`)?.focus(),
    );
  };
  return (
    <>
      <section
        aria-label={`Tier ${tier.name}`}
        className={`flex min-h-0 shrink-0 flex-col ${tier.of === 0 && !tier.hasHidden ? 'w-fit max-w-[300px] min-w-[188px]' : 'w-[300px]'}`}
      >
        <TierHead tier={tier} />
        <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto print:overflow-visible">
          <ol
            onKeyDown={onKeyDown}
            className="relative print:h-auto!"
            style={{ height: Math.max(0, virtual.getTotalSize() - gap) }}
          >
            {virtual.getVirtualItems().map(({ index, start }) => {
              const card = cards[index];
              return (
                card && (
                  <li
                    key={card.id}
                    aria-setsize={cards.length}
                    aria-posinset={index + 1}
                    className="absolute inset-x-0 p-[2px] print:static print:mb-2 print:break-inside-avoid"
                    style={{ top: start }}
                  >
                    <PolicyCardButton card={card} index={index} isOpen={card.id === open} nowMs={nowMs} />
                  </li>
                )
              );
            })}
          </ol>
          {cards.length === 0 && (
            <p className="px-3 py-2 text-xs text-muted">
              {tier.of > 0
                ? `None of ${plural(tier.of, 'policy', 'policies')} matches the search.`
                : tier.hasHidden
                  ? ''
                  : 'No policy is in this tier.'}
            </p>
          )}
          {tier.hasHidden && (
            <p className="mx-[2px] mt-2 flex items-start gap-2 rounded-[10px] border border-dashed border-line px-3 py-2 text-xs text-muted">
              <EyeOff aria-hidden className="mt-px size-3.5 shrink-0" />
              There are policies in this tier that you may not see. They are evaluated all the same.
            </p>
          )}
        </div>
      </section>
      <ArrowRight aria-hidden className="mt-[17px] size-4 shrink-0 text-faint" />
    </>
  );
}

function TierHead({ tier }: { readonly tier: TierColumn }) {
  const isDeny = tier.end === 'ends with deny';
  return (
    <header className="mx-[2px] mb-2 rounded-[10px] border border-line bg-ground px-3 py-2">
      <div className="flex items-baseline justify-between gap-2">
        <h2 className="truncate font-semibold" title={tier.name}>
          {tier.name}
        </h2>
        <span className="tabular shrink-0 text-xs text-muted">{tier.order}</span>
      </div>
      <p className="flex items-center justify-between gap-2 text-xs text-muted">
        <span className={isDeny ? 'text-denied' : tier.isMissing ? 'text-dropped' : ''}>{tier.end}</span>
        <span className="tabular">
          {tier.cards.length === tier.of
            ? plural(tier.of, 'policy', 'policies')
            : `${tier.cards.length} of ${plural(tier.of, 'policy', 'policies')}`}
        </span>
      </p>
    </header>
  );
}

/** What is left when no tier decided, and what is not evaluated at all. */
function Remainder({ document: { notEvaluated, warnings } }: { readonly document: PoliciesDocument }) {
  return (
    <section aria-label="After the tiers" className="flex w-[232px] shrink-0 flex-col gap-2 overflow-y-auto">
      <div className="rounded-[10px] border border-dashed border-line px-3 py-2 text-xs text-muted">
        <h2 className="text-[13px] font-semibold text-text">Profiles</h2>
        What no tier decides, the profile of its namespace does: it allows. A workload that no policy selects
        gets here at once.
      </div>
      {notEvaluated.length > 0 && (
        <Caution title={`${plural(notEvaluated.length, 'policy', 'policies')} not evaluated`}>
          {notEvaluated.map(({ title, reason }) => (
            <li key={`${title} ${reason}`}>
              <span className="font-mono text-[11.5px] break-all text-text">{title}</span>: {reason}
            </li>
          ))}
        </Caution>
      )}
      {warnings.length > 0 && (
        <Caution title={plural(warnings.length, 'note')}>
          {warnings.map(({ code, message }) => (
            <li key={`${code} ${message}`}>{message}</li>
          ))}
        </Caution>
      )}
    </section>
  );
}

function Caution({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="rounded-[10px] border border-dropped/40 px-3 py-2 text-xs text-muted">
      <h2 className="mb-1 flex items-center gap-1.5 text-[13px] font-semibold text-dropped">
        <TriangleAlert aria-hidden className="size-3.5 shrink-0" />
        {title}
      </h2>
      <ul className="flex flex-col gap-1">{children}</ul>
    </div>
  );
}
