'use client';

import { Eye } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { useSubmit } from '#lib/client/use-submit.ts';
import { endViewAs } from '#lib/client/view-as.ts';

/** Above every page of somebody who looks with another's access: as whom, and the way out. */
export function ViewAsBanner({ email }: { readonly email: string }) {
  const { run, isBusy, problem } = useSubmit(endViewAs);
  return (
    <aside
      aria-label="View as"
      className="flex min-h-10 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-accent bg-accent-soft px-4 py-1"
    >
      <Eye aria-hidden className="size-4 shrink-0 text-accent" />
      <p className="min-w-0 flex-1 break-words">
        You view Flowloom as <strong className="font-semibold">{email}</strong>: you see what they see, and
        nothing can be changed.
        {problem !== null && (
          <span role="alert" className="ml-2 text-denied">
            {problem.title}. {problem.detail}
          </span>
        )}
      </p>
      <Button onClick={() => void run()} disabled={isBusy}>
        {isBusy ? 'Ending …' : 'End view as'}
      </Button>
    </aside>
  );
}
