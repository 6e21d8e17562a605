'use client';

import { CircleAlert } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { ApiError } from '#lib/client/api-fetch.ts';

/** The API said no: its own words, and another try. */
export function ProblemNotice({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }) {
  const problem = error instanceof ApiError ? error.problem : null;
  return (
    <Notice
      icon={<CircleAlert />}
      tone="denied"
      title={problem?.title ?? 'This could not be loaded'}
      actions={
        <Button look="primary" onClick={onRetry}>
          Try again
        </Button>
      }
    >
      {problem?.detail ?? error.message}
    </Notice>
  );
}

/** What stands between the way of an answer and its end, in a line. */
export function problemText(error: Error): string {
  return error instanceof ApiError ? `${error.problem.title}. ${error.problem.detail}` : error.message;
}
