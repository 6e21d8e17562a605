import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { SelectField } from '#components/ui/select-field.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { problemText } from '#lib/client/problem-words.ts';
import { useSaveView } from '#lib/client/view-queries.ts';
import type { SavedViews } from '#lib/contracts/views.ts';
import { changeScreenState } from '../use-screen-state.ts';
import { audienceKey, audienceText } from './view-words.ts';

/** Keeps what the graph shows under a name, for oneself or for others. */
export function SaveViewForm({
  query,
  audiences,
  onSaved,
}: {
  readonly query: string;
  readonly audiences: SavedViews['audiences'];
  readonly onSaved: () => void;
}) {
  const [name, setName] = useState('');
  const [key, setKey] = useState('personal');
  const [isDefault, setDefault] = useState(false);
  const save = useSaveView();
  const audience = audiences.find((one) => audienceKey(one) === key) ?? { kind: 'personal' };
  const isTeams = audience.kind === 'team';
  return (
    <form
      aria-label="Save this view"
      className="flex flex-col gap-3 border-t border-hairline px-4 pt-3 pb-4"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(
          { name, audience, query, isDefault: isTeams && isDefault },
          {
            onSuccess: ({ id }) => {
              changeScreenState({ view: id });
              onSaved();
            },
          },
        );
      }}
    >
      <TextField
        label="Save this view as"
        value={name}
        required
        maxLength={120}
        placeholder="Denied on Friday"
        onChange={({ target }) => setName(target.value)}
      />
      {audiences.length > 1 && (
        <SelectField
          label="For"
          hint={
            audience.kind === 'personal'
              ? 'Nobody else sees it.'
              : 'Each sees what they may see; names that are not theirs are left out.'
          }
          value={key}
          choices={audiences.map((one) => ({ value: audienceKey(one), name: audienceText(one) }))}
          onChange={setKey}
        />
      )}
      {isTeams && (
        <label className="flex items-center gap-2 text-[13px]">
          <input
            type="checkbox"
            checked={isDefault}
            onChange={({ target }) => setDefault(target.checked)}
            className="size-4 accent-(--accent)"
          />
          What the team’s graph begins with
        </label>
      )}
      {save.error !== null && (
        <p role="alert" className="text-xs text-denied">
          {problemText(save.error)}
        </p>
      )}
      <Button type="submit" look="primary" disabled={save.isPending}>
        {save.isPending ? 'Saving …' : 'Save'}
      </Button>
    </form>
  );
}
