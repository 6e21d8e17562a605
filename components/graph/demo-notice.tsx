'use client';

import { FlaskConical } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { formatInstant } from '#components/ui/format-time.ts';
import { ApiError } from '#lib/client/api-fetch.ts';
import { useRemoveDemo } from '#lib/client/queries.ts';

/** Says that what is shown was made up, and takes it away. */
export function DemoNotice({ generatedAtMs }: { readonly generatedAtMs: number }) {
  const removal = useRemoveDemo();
  return (
    <div className="flex shrink-0 items-center gap-2.5 border-b border-line bg-accent-soft print:hidden px-3.5 py-1 text-xs">
      <FlaskConical aria-hidden className="size-4 shrink-0 text-accent" />
      <p className="min-w-0 flex-1 truncate">
        <strong className="font-semibold">Demo data</strong>, generated {formatInstant(generatedAtMs)}. It
        shows what Flowloom does with an estate like yours.
      </p>
      {removal.isError && (
        <p role="alert" className="text-denied">
          {removal.error instanceof ApiError ? removal.error.problem.detail : removal.error.message}
        </p>
      )}
      <ConfirmDialog
        trigger={<Button className="h-[26px] px-2.5 text-xs">Remove demo data</Button>}
        title="Remove the demo data?"
        confirm="Remove"
        isBusy={removal.isPending}
        onConfirm={() => removal.mutate()}
      >
        The cluster <span className="font-mono text-xs text-text">demo</span> and everything in it is deleted.
        What you ingested yourself stays.{' '}
        <span className="font-mono text-xs text-text">npx flowloom generate</span> makes new traffic at any
        time.
      </ConfirmDialog>
    </div>
  );
}
