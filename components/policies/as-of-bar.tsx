import { History } from 'lucide-react';
import { formatInstant } from '#components/ui/format-time.ts';
import { changePoliciesState } from './use-policies-state.ts';

/** Says that the page shows a state that was, and leads back to the one that is. */
export function AsOfBar({ atMs }: { readonly atMs: number }) {
  return (
    <p
      role="status"
      className="flex shrink-0 items-center gap-2 border-b border-line bg-accent-soft px-4 py-1.5 text-xs"
    >
      <History aria-hidden className="size-3.5 shrink-0 text-accent" />
      <span>
        Policies, and what they select, as they were on{' '}
        <strong className="tabular font-semibold">{formatInstant(atMs)}</strong>. Hits are those of the time
        range.
      </span>
      <button
        type="button"
        onClick={() => changePoliciesState({ atMs: null, rule: null })}
        className="ml-auto rounded-sm font-semibold text-accent hover:underline"
      >
        Back to now
      </button>
    </p>
  );
}
