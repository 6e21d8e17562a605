import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { problemText } from '#lib/client/problem-words.ts';
import { useChangeView, useRemoveView } from '#lib/client/view-queries.ts';
import type { SavedView, ViewChange } from '#lib/contracts/views.ts';
import { changeScreenState } from '../use-screen-state.ts';
import { audienceText } from './view-words.ts';

/** The view that one looks at, and what may be done with it. */
export function CurrentView({
  view,
  query,
  isEdited,
  onRemoved,
}: {
  readonly view: SavedView;
  readonly query: string;
  /** True where the graph is not as it was saved. */
  readonly isEdited: boolean;
  readonly onRemoved: () => void;
}) {
  const [isNaming, setNaming] = useState(false);
  const change = useChangeView(view.id);
  const remove = useRemoveView(view.id);
  const error = change.error ?? remove.error;
  const isTeams = view.audience.kind === 'team';
  const send = (wanted: ViewChange) => change.mutate(wanted, { onSuccess: () => setNaming(false) });
  return (
    <section aria-label="This view" className="mx-4 mt-1 mb-1 rounded-[8px] border border-line px-3 py-2.5">
      <p className="truncate font-semibold">{view.name}</p>
      <p className="text-xs text-muted">
        {audienceText(view.audience)}
        {view.isDefault && ' · its default'}
        {!view.isOwn && view.madeBy !== null && ` · by ${view.madeBy}`}
        {isEdited && ' · changed since it was saved'}
      </p>
      {isNaming && (
        <RenameForm name={view.name} isBusy={change.isPending} onRename={(name) => send({ name })} />
      )}
      {view.mayChange && !isNaming && (
        <div className="mt-2 flex flex-wrap gap-1.5">
          <Button disabled={!isEdited || change.isPending} onClick={() => send({ query })}>
            Save changes
          </Button>
          <Button onClick={() => setNaming(true)}>Rename</Button>
          {isTeams && (
            <Button disabled={change.isPending} onClick={() => send({ isDefault: !view.isDefault })}>
              {view.isDefault ? 'No longer the default' : 'Make it the team’s default'}
            </Button>
          )}
          <ConfirmDialog
            trigger={<Button look="danger">Delete</Button>}
            title={`Delete the view ${view.name}?`}
            confirm="Delete"
            isBusy={remove.isPending}
            onConfirm={() =>
              remove.mutate(undefined, {
                onSuccess: () => {
                  changeScreenState({ view: null });
                  onRemoved();
                },
              })
            }
          >
            {view.audience.kind === 'personal'
              ? 'It is gone for good.'
              : `It is gone for good, and for ${audienceText(view.audience).toLowerCase()}.`}
          </ConfirmDialog>
        </div>
      )}
      {error !== null && (
        <p role="alert" className="mt-1.5 text-xs text-denied">
          {problemText(error)}
        </p>
      )}
    </section>
  );
}

function RenameForm({
  name: before,
  isBusy,
  onRename,
}: {
  readonly name: string;
  readonly isBusy: boolean;
  readonly onRename: (name: string) => void;
}) {
  const [name, setName] = useState(before);
  return (
    <form
      className="mt-2 flex items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        onRename(name);
      }}
    >
      <TextField
        label="New name"
        value={name}
        required
        maxLength={120}
        className="flex-1"
        onChange={({ target }) => setName(target.value)}
      />
      <Button type="submit" look="primary" disabled={isBusy} className="h-9">
        Rename
      </Button>
    </form>
  );
}
