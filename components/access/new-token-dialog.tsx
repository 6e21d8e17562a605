'use client';

import { Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { FormDialog } from '#components/ui/form-dialog.tsx';
import { SelectField } from '#components/ui/select-field.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import type { Right } from '#lib/access/roles.ts';
import { problemWords } from '#lib/client/problem-words.ts';
import { useCreateToken, useSession } from '#lib/client/token-queries.ts';
import { defaultApiTokenLife } from '#lib/contracts/api-token.ts';
import { knownRights, rightNames } from './access-words.ts';
import { FormProblem } from './form-problem.tsx';
import { SecretOnce } from './secret-once.tsx';

const lives = [
  { value: '1d', name: 'A day' },
  { value: '7d', name: 'A week' },
  { value: '30d', name: '30 days' },
  { value: '90d', name: '90 days' },
  { value: '365d', name: 'A year' },
] as const;

/** Makes a token of rights that one has, and shows its secret once. */
export function NewTokenDialog() {
  const [isOpen, setOpen] = useState(false);
  const session = useSession();
  return (
    <FormDialog
      trigger={
        <Button look="primary">
          <Plus aria-hidden /> New token
        </Button>
      }
      title="A new API token"
      isOpen={isOpen}
      onOpenChange={setOpen}
    >
      {session.error !== null && (
        <FormProblem {...problemWords(session.error, 'What you may do is not known')} />
      )}
      {session.isPending && (
        <p role="status" className="text-muted">
          Looking up what you may do …
        </p>
      )}
      {session.data !== undefined && (
        <NewTokenForm own={knownRights(session.data.rights)} onDone={() => setOpen(false)} />
      )}
    </FormDialog>
  );
}

function NewTokenForm({ own, onDone }: { readonly own: readonly Right[]; readonly onDone: () => void }) {
  const [name, setName] = useState('');
  const [expires, setExpires] = useState(defaultApiTokenLife);
  const [rights, setRights] = useState<readonly Right[]>(own.filter((right) => right === 'read'));
  const create = useCreateToken();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!create.isPending) create.mutate({ name, rights, expires });
  };
  if (create.data !== undefined) {
    return (
      <SecretOnce name="Token" secret={create.data.token} onDone={onDone}>
        Send it as a header: Authorization: Bearer and this token. It is shown this once.
      </SecretOnce>
    );
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {create.error !== null && (
        <FormProblem {...problemWords(create.error, 'The token could not be made')} />
      )}
      <TextField
        label="Name"
        placeholder="nightly report"
        hint="What uses it, so that you know it again."
        maxLength={200}
        autoComplete="off"
        value={name}
        onChange={({ target }) => setName(target.value)}
      />
      <fieldset className="flex flex-col gap-1.5">
        <legend className="mb-1.5 text-xs font-semibold">What it may be used for</legend>
        {own.map((right) => (
          <label key={right} className="flex items-center gap-2">
            <input
              type="checkbox"
              className="size-4 accent-(--accent)"
              checked={rights.includes(right)}
              onChange={({ target }) =>
                setRights(own.filter((each) => (each === right ? target.checked : rights.includes(each))))
              }
            />
            {rightNames[right]}
          </label>
        ))}
      </fieldset>
      <SelectField label="Good for" value={expires} choices={lives} onChange={setExpires} />
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" look="primary" disabled={create.isPending || rights.length === 0}>
          {create.isPending ? 'Making …' : 'Make token'}
        </Button>
      </div>
    </form>
  );
}
