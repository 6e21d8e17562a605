'use client';

import { Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { FormDialog } from '#components/ui/form-dialog.tsx';
import { SelectField } from '#components/ui/select-field.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { isRole, type Role, roleRights } from '#lib/access/roles.ts';
import { useAddByHand } from '#lib/client/access-queries.ts';
import { problemWords } from '#lib/client/problem-words.ts';
import { rightNames } from './access-words.ts';
import { bindingBody, type Covers, emptyScope, scopeProblem, type TypedScope } from './binding-form.ts';
import { FormProblem } from './form-problem.tsx';

const roles = Object.keys(roleRights).map((role) => ({ value: role, name: role }));

const coverings = [
  { value: 'namespaces', name: 'Namespaces by name' },
  { value: 'labels', name: 'Namespaces by label' },
  { value: 'clusters', name: 'Whole clusters' },
] as const;

/** Gives people and groups a role somewhere. */
export function NewBindingDialog({ taken }: { readonly taken: readonly string[] }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <FormDialog
      trigger={
        <Button look="primary">
          <Plus aria-hidden /> New binding
        </Button>
      }
      title="A new binding"
      isOpen={isOpen}
      onOpenChange={setOpen}
    >
      <NewBindingForm taken={taken} onDone={() => setOpen(false)} />
    </FormDialog>
  );
}

function NewBindingForm({
  taken,
  onDone,
}: {
  readonly taken: readonly string[];
  readonly onDone: () => void;
}) {
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('team');
  const [users, setUsers] = useState('');
  const [groups, setGroups] = useState('');
  const [scope, setScope] = useState<TypedScope>(emptyScope);
  const add = useAddByHand('bindings');
  const isTaken = taken.includes(name.trim());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (add.isPending || isTaken || scopeProblem(scope) !== null) return;
    add.mutate(bindingBody({ name, role, users, groups, scope }), { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3.5">
      {add.error !== null && <FormProblem {...problemWords(add.error, 'The binding could not be made')} />}
      <TextField
        label="Name"
        required
        autoComplete="off"
        maxLength={253}
        problem={isTaken ? 'There is a binding of this name: remove it first.' : undefined}
        value={name}
        onChange={({ target }) => setName(target.value)}
      />
      <SelectField
        label="Role"
        hint={`They may ${roleRights[role].map((right) => rightNames[right].toLowerCase()).join(', ')}.`}
        value={role}
        choices={roles}
        onChange={(value) => isRole(value) && setRole(value)}
      />
      <TextField
        label="People"
        placeholder="ada@example.com, bob@example.com"
        autoComplete="off"
        value={users}
        onChange={({ target }) => setUsers(target.value)}
      />
      <TextField
        label="Groups"
        placeholder="shop, platform"
        hint="Of the settings, of a document, or of the identity provider."
        autoComplete="off"
        required={users.trim() === ''}
        value={groups}
        onChange={({ target }) => setGroups(target.value)}
      />
      <ScopeFields scope={scope} onChange={setScope} />
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" look="primary" disabled={add.isPending || isTaken}>
          {add.isPending ? 'Adding …' : 'Add binding'}
        </Button>
      </div>
    </form>
  );
}

function ScopeFields({
  scope,
  onChange,
}: {
  readonly scope: TypedScope;
  readonly onChange: (scope: TypedScope) => void;
}) {
  return (
    <>
      <SelectField
        label="Reaches"
        value={scope.covers}
        choices={coverings}
        onChange={(value) => onChange({ ...scope, covers: coversOf(value) })}
      />
      <TextField
        label="Clusters"
        placeholder="prod, test-*"
        hint="Names or patterns; * is every cluster."
        required
        autoComplete="off"
        value={scope.clusters}
        onChange={({ target }) => onChange({ ...scope, clusters: target.value })}
      />
      {scope.covers === 'namespaces' && (
        <TextField
          label="Namespaces"
          placeholder="shop, shop-*"
          required
          autoComplete="off"
          value={scope.namespaces}
          onChange={({ target }) => onChange({ ...scope, namespaces: target.value })}
        />
      )}
      {scope.covers === 'labels' && (
        <TextField
          label="Labels"
          placeholder="team=shop"
          hint="Whoever may label namespaces gives access by it."
          problem={scope.labels === '' ? undefined : (scopeProblem(scope) ?? undefined)}
          required
          autoComplete="off"
          value={scope.labels}
          onChange={({ target }) => onChange({ ...scope, labels: target.value })}
        />
      )}
    </>
  );
}

function coversOf(value: string): Covers {
  return coverings.find((each) => each.value === value)?.value ?? 'namespaces';
}
