'use client';

import { Button } from '#components/ui/button.tsx';
import { ApiError } from '#lib/client/api-fetch.ts';

/** What the API said, inside a drawer, with another try. */
export function ProblemCard({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }) {
  const isGone = error instanceof ApiError && error.problem.status === 404;
  return (
    <div role="alert" className="rounded-[10px] border border-line bg-surface p-3">
      <p className="font-semibold">
        {isGone ? 'Not in this window' : error instanceof ApiError ? error.problem.title : 'Something failed'}
      </p>
      <p className="mt-0.5 mb-2.5 text-xs text-muted">
        {isGone
          ? 'The selection had no traffic in the window that is shown. Choose a longer one, or select something else.'
          : error instanceof ApiError
            ? error.problem.detail
            : error.message}
      </p>
      {!isGone && <Button onClick={onRetry}>Try again</Button>}
    </div>
  );
}
