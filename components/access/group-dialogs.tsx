'use client';

import { Plus } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { FormDialog } from '#components/ui/form-dialog.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { useAddByHand } from '#lib/client/access-queries.ts';
import { problemWords } from '#lib/client/problem-words.ts';
import { namesIn } from './binding-form.ts';
import { FormProblem } from './form-problem.tsx';

/** Asks for a group that there is not yet. */
export function NewGroupDialog({ taken }: { readonly taken: readonly string[] }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <FormDialog
      trigger={
        <Button>
          <Plus aria-hidden /> New group
        </Button>
      }
      title="A new group"
      isOpen={isOpen}
      onOpenChange={setOpen}
    >
      <NewGroupForm taken={taken} onDone={() => setOpen(false)} />
    </FormDialog>
  );
}

/** Changes who is in a group of the settings. */
export function EditGroupDialog(group: { readonly name: string; readonly members: readonly string[] }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <FormDialog
      trigger={
        <Button className="h-7" aria-label={`Edit ${group.name}`}>
          Edit
        </Button>
      }
      title={`Members of ${group.name}`}
      isOpen={isOpen}
      onOpenChange={setOpen}
    >
      <GroupForm
        name={group.name}
        known={group.members}
        isBlocked={false}
        onDone={() => setOpen(false)}
        words={['Save', 'Saving …']}
      />
    </FormDialog>
  );
}

function NewGroupForm({ taken, onDone }: { readonly taken: readonly string[]; readonly onDone: () => void }) {
  const [name, setName] = useState('');
  const isTaken = taken.includes(name.trim());
  return (
    <GroupForm name={name} known={[]} isBlocked={isTaken} onDone={onDone} words={['Add group', 'Adding …']}>
      <TextField
        label="Name"
        required
        autoComplete="off"
        maxLength={253}
        problem={isTaken ? 'There is a group of this name: edit that one.' : undefined}
        value={name}
        onChange={({ target }) => setName(target.value)}
      />
    </GroupForm>
  );
}

function GroupForm({
  name,
  known,
  isBlocked,
  onDone,
  words: [act, acting],
  children,
}: {
  readonly name: string;
  readonly known: readonly string[];
  readonly isBlocked: boolean;
  readonly onDone: () => void;
  readonly words: readonly [act: string, acting: string];
  readonly children?: ReactNode;
}) {
  const [members, setMembers] = useState(() => [...new Set(known)].join(', '));
  const put = useAddByHand('groups');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (put.isPending || isBlocked) return;
    put.mutate({ name, members: namesIn(members) }, { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {put.error !== null && <FormProblem {...problemWords(put.error, 'The group could not be saved')} />}
      {children}
      <TextField
        label="Members"
        placeholder="ada@example.com, bob@example.com"
        hint="E-mail addresses with commas between them; they need not have signed in yet."
        autoComplete="off"
        value={members}
        onChange={({ target }) => setMembers(target.value)}
      />
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" look="primary" disabled={put.isPending || isBlocked}>
          {put.isPending ? acting : act}
        </Button>
      </div>
    </form>
  );
}
