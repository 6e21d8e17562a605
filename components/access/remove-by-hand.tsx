'use client';

import { Button } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { useRemoveByHand } from '#lib/client/access-queries.ts';
import { problemWords } from '#lib/client/problem-words.ts';
import { FormProblem } from './form-problem.tsx';

/** Takes a binding or a group of the settings back. */
export function RemoveByHand({
  what,
  name,
}: {
  readonly what: 'bindings' | 'groups';
  readonly name: string;
}) {
  const remove = useRemoveByHand(what, name);
  return (
    <ConfirmDialog
      trigger={
        <Button look="danger" className="h-7" aria-label={`Remove ${name}`}>
          Remove
        </Button>
      }
      title={`Remove ${name}?`}
      confirm="Remove"
      isBusy={remove.isPending}
      onConfirm={() => remove.mutate(undefined)}
    >
      <p>
        {what === 'bindings'
          ? 'Whoever has access by this binding alone loses it at once.'
          : 'Its members lose at once what bindings give to this group.'}
      </p>
      {remove.error !== null && (
        <div className="mt-3 text-text">
          <FormProblem {...problemWords(remove.error, 'It could not be removed')} />
        </div>
      )}
    </ConfirmDialog>
  );
}
