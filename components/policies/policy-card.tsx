'use client';

import { formatAgo, formatInstant } from '#components/ui/format-time.ts';
import { formatCount, formatExact } from '#lib/kit/format-number.ts';
import type { PolicyCard } from './policies-view.ts';
import { changePoliciesState } from './use-policies-state.ts';

export const cardHeight = 84;

/** One policy of a tier; it opens at the right. */
export function PolicyCardButton({
  card,
  index,
  isOpen,
  nowMs,
}: {
  readonly card: PolicyCard;
  readonly index: number;
  readonly isOpen: boolean;
  readonly nowMs: number;
}) {
  const isStaged = card.staged !== '';
  return (
    <button
      type="button"
      data-card={index}
      aria-pressed={isOpen}
      onClick={() =>
        changePoliciesState(
          isOpen ? { policy: null, rule: null } : { policy: card.id, rule: null, tab: 'yaml' },
        )
      }
      style={{ height: cardHeight }}
      className={`flex w-full flex-col justify-between rounded-[10px] border bg-surface px-3 py-2 text-left hover:bg-hover aria-pressed:border-accent aria-pressed:bg-accent-soft ${
        isStaged ? 'border-dashed border-staged/60' : 'border-line'
      }`}
    >
      <span className="flex w-full items-center gap-2">
        <span className="tabular text-[11px] text-muted">{card.number}</span>
        <span className="min-w-0 flex-1 truncate font-mono text-xs font-medium" title={card.name}>
          {card.name}
        </span>
        {isStaged && (
          <span className="shrink-0 rounded-full border border-staged/45 px-1.5 text-[11px] leading-[17px] font-medium text-staged">
            {card.staged}
          </span>
        )}
      </span>
      <span className="block w-full truncate text-xs text-muted" title={`${card.home}, ${card.kind}`}>
        {card.home} · {card.directions} · {card.order}
      </span>
      <span className="flex w-full items-baseline justify-between gap-2 text-xs">
        <Hits card={card} nowMs={nowMs} />
        {card.neverHit > 0 && (
          <span className="tabular shrink-0 text-dropped">
            {card.neverHit === card.rules
              ? 'no rule hit'
              : `${card.neverHit} of ${card.rules} rules never hit`}
          </span>
        )}
      </span>
    </button>
  );
}

function Hits({
  card: { hits, lastAtMs, staged },
  nowMs,
}: {
  readonly card: PolicyCard;
  readonly nowMs: number;
}) {
  if (hits === null) {
    return (
      <span className="text-muted" title="No record of this window tells of policies">
        – <span className="sr-only">hits unknown</span>
      </span>
    );
  }
  const word = staged === '' ? 'hits' : 'would hit';
  return (
    <span className="tabular min-w-0 truncate" title={`${formatExact(hits)} flows`}>
      <span className={hits > 0 ? 'font-semibold' : 'text-muted'}>
        {formatCount(hits)} {word}
      </span>
      {lastAtMs !== null && (
        <span className="text-muted" title={formatInstant(lastAtMs)}>
          {' · '}
          {formatAgo(lastAtMs, nowMs)}
        </span>
      )}
    </span>
  );
}
