'use client';

import { CircleAlert } from 'lucide-react';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

/** Stands where something could not be shown: why, and another try. */
export function ProblemNotice({
  title,
  detail,
  onRetry,
}: {
  readonly title: string;
  readonly detail: string;
  readonly onRetry: () => void;
}) {
  return (
    <Notice
      icon={<CircleAlert />}
      tone="denied"
      title={title}
      actions={
        <Button look="primary" onClick={onRetry}>
          Try again
        </Button>
      }
    >
      {detail}
    </Notice>
  );
}
