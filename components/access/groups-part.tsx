'use client';

import { TableSkeleton } from '#components/ui/table-skeleton.tsx';
import { useGroups } from '#lib/client/access-queries.ts';
import { problemWords } from '#lib/client/problem-words.ts';
import type { Groups } from '#lib/contracts/access.ts';
import { sourceText } from './access-words.ts';
import { FormProblem } from './form-problem.tsx';
import { EditGroupDialog, NewGroupDialog } from './group-dialogs.tsx';
import { RemoveByHand } from './remove-by-hand.tsx';
import { SettingsRow, SettingsTable, Tags } from './settings-table.tsx';

const columns = [
  { name: 'Group', width: '22%' },
  { name: 'Members', width: '50%' },
  { name: 'From', width: '13%' },
  { name: 'Change', width: '15%', isHidden: true },
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
              key: 'change',
              shown:
                source.kind === 'settings' ? (
                  <span className="flex justify-end gap-1.5">
                    <EditGroupDialog name={name} members={members} />
                    <RemoveByHand what="groups" name={name} />
                  </span>
                ) : null,
            },
          ]}
        />
      ))}
    </SettingsTable>
  );
}
