'use client';

import { UserPlus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { FormDialog } from '#components/ui/form-dialog.tsx';
import { SelectField } from '#components/ui/select-field.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import type { Role } from '#lib/access/roles.ts';
import { useAddPerson } from '#lib/client/people-queries.ts';
import { problemWords } from '#lib/client/problem-words.ts';
import { namesIn } from './binding-form.ts';
import { FormProblem } from './form-problem.tsx';
import { chosenRole, roleChoices, roleHint } from './role-choices.ts';
import { SecretOnce } from './secret-once.tsx';

const ways = [
  { value: 'made', name: 'With a password that is made now' },
  { value: 'none', name: 'Through the identity provider only' },
] as const;

/** Makes an account, and shows its password once. */
export function NewPersonDialog() {
  const [isOpen, setOpen] = useState(false);
  return (
    <FormDialog
      trigger={
        <Button look="primary">
          <UserPlus aria-hidden /> Add person
        </Button>
      }
      title="Add a person"
      isOpen={isOpen}
      onOpenChange={setOpen}
    >
      <NewPersonForm onDone={() => setOpen(false)} />
    </FormDialog>
  );
}

function NewPersonForm({ onDone }: { readonly onDone: () => void }) {
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role | null>(null);
  const [groups, setGroups] = useState('');
  const [password, setPassword] = useState<'made' | 'none'>('made');
  const add = useAddPerson();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (add.isPending) return;
    add.mutate(
      { email, role, groups: namesIn(groups), password },
      { onSuccess: (done) => done.password === null && onDone() },
    );
  };
  const secret = add.data?.password ?? null;
  if (secret !== null) {
    return (
      <SecretOnce name={`Password of ${add.data?.email ?? ''}`} secret={secret} onDone={onDone}>
        They may sign in with this password. It is shown this once: hand it over where nobody else reads it.
      </SecretOnce>
    );
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {add.error !== null && <FormProblem {...problemWords(add.error, 'The account could not be made')} />}
      <TextField
        label="E-mail"
        type="email"
        autoComplete="off"
        required
        value={email}
        onChange={({ target }) => setEmail(target.value)}
      />
      <SelectField
        label="Role"
        hint={roleHint(role)}
        value={role ?? ''}
        choices={roleChoices}
        onChange={(value) => setRole(chosenRole(value))}
      />
      <TextField
        label="Groups"
        placeholder="shop, platform"
        hint="Names with commas between them; bindings give access to groups."
        autoComplete="off"
        value={groups}
        onChange={({ target }) => setGroups(target.value)}
      />
      <SelectField
        label="Sign-in"
        value={password}
        choices={ways}
        onChange={(value) => setPassword(value === 'none' ? 'none' : 'made')}
      />
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" look="primary" disabled={add.isPending}>
          {add.isPending ? 'Adding …' : 'Add'}
        </Button>
      </div>
    </form>
  );
}
