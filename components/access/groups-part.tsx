'use client';

import { Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { FormDialog } from '#components/ui/form-dialog.tsx';
import { TableSkeleton } from '#components/ui/table-skeleton.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { useAddByHand, useGroups } from '#lib/client/access-queries.ts';
import { problemWords } from '#lib/client/problem-words.ts';
import type { Groups } from '#lib/contracts/access.ts';
import { sourceText } from './access-words.ts';
import { namesIn } from './binding-form.ts';
import { FormProblem } from './form-problem.tsx';
import { RemoveByHand } from './remove-by-hand.tsx';
import { SettingsRow, SettingsTable, Tags } from './settings-table.tsx';

const columns = [
  { name: 'Group', width: '22%' },
  { name: 'Members', width: '55%' },
  { name: 'From', width: '13%' },
  { name: 'Remove', width: '10%', isHidden: true },
] as const;

/** Groups of Flowloom's own; those that an identity provider names stand with people. */
export function GroupsPart() {
  const groups = useGroups();
  const taken = groups.data?.groups.filter(({ source }) => source.kind === 'settings') ?? [];
  return (
    <section className="flex flex-col gap-2.5">
      <div className="flex items-center justify-between">
        <h2 className="font-semibold">Groups</h2>
        {groups.data !== undefined && <NewGroupDialog taken={taken.map(({ name }) => name)} />}
      </div>
      {groups.isPending && <TableSkeleton label="Loading groups" />}
      {groups.error !== null && <FormProblem {...problemWords(groups.error, 'Groups could not be loaded')} />}
      {groups.data !== undefined && <GroupsTable groups={groups.data.groups} />}
    </section>
  );
}

function GroupsTable({ groups }: Groups) {
  if (groups.length === 0) {
    return (
      <p className="text-muted">
        There is none here. Groups that the identity provider names can be bound without being listed.
      </p>
    );
  }
  return (
    <SettingsTable caption="Groups and their members" columns={columns}>
      {groups.map(({ source, name, members }) => (
        <SettingsRow
          key={[source.kind, source.name, name].join('/')}
          name={name}
          cells={[
            { key: 'members', shown: <Tags names={[...new Set(members)]} none="nobody" /> },
            { key: 'from', shown: sourceText(source) },
            {
              key: 'remove',
              shown: source.kind === 'settings' ? <RemoveByHand what="groups" name={name} /> : null,
            },
          ]}
        />
      ))}
    </SettingsTable>
  );
}

function NewGroupDialog({ taken }: { readonly taken: readonly string[] }) {
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

function NewGroupForm({ taken, onDone }: { readonly taken: readonly string[]; readonly onDone: () => void }) {
  const [name, setName] = useState('');
  const [members, setMembers] = useState('');
  const add = useAddByHand('groups');
  const isTaken = taken.includes(name.trim());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (add.isPending || isTaken) return;
    add.mutate({ name, members: namesIn(members) }, { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {add.error !== null && <FormProblem {...problemWords(add.error, 'The group could not be made')} />}
      <TextField
        label="Name"
        required
        autoComplete="off"
        maxLength={253}
        problem={isTaken ? 'There is a group of this name: remove it first.' : undefined}
        value={name}
        onChange={({ target }) => setName(target.value)}
      />
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
        <Button type="submit" look="primary" disabled={add.isPending || isTaken}>
          {add.isPending ? 'Adding …' : 'Add group'}
        </Button>
      </div>
    </form>
  );
}
