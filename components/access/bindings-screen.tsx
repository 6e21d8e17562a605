'use client';

import { useBindings } from '#lib/client/access-queries.ts';
import type { Bindings } from '#lib/contracts/access.ts';
import { plural } from '#lib/kit/format-number.ts';
import { bindingText, sourceText } from './access-words.ts';
import { scopeText } from './binding-form.ts';
import { GroupsPart } from './groups-part.tsx';
import { NewBindingDialog } from './new-binding-dialog.tsx';
import { RemoveByHand } from './remove-by-hand.tsx';
import { RolesTable } from './roles-table.tsx';
import { SettingsScreen } from './settings-screen.tsx';
import { SettingsRow, SettingsTable } from './settings-table.tsx';

const columns = [
  { name: 'Binding', width: '22%' },
  { name: 'Role', width: '13%' },
  { name: 'Who', width: '22%' },
  { name: 'Where', width: '20%' },
  { name: 'From', width: '13%' },
  { name: 'Remove', width: '10%', isHidden: true },
] as const;

/** Who has which role where: bindings of the settings, of documents and of clusters; roles and groups. */
export function BindingsScreen() {
  const bindings = useBindings();
  const byHand = bindings.data?.bindings.filter(({ source }) => source.kind === 'settings') ?? [];
  return (
    <SettingsScreen
      title="Roles and bindings"
      what="roles and bindings"
      query={bindings}
      aside={(list) => plural(list.bindings.length, 'binding')}
      actions={<NewBindingDialog taken={byHand.map(({ name }) => name)} />}
    >
      {(list) => (
        <div className="flex max-w-[1180px] flex-col gap-6">
          <section className="flex flex-col gap-2.5">
            <h2 className="font-semibold">Bindings</h2>
            <BindingsTable bindings={list.bindings} />
          </section>
          <GroupsPart />
          <section className="flex flex-col gap-2.5">
            <h2 className="font-semibold">Roles</h2>
            <RolesTable />
          </section>
        </div>
      )}
    </SettingsScreen>
  );
}

function BindingsTable({ bindings }: Bindings) {
  if (bindings.length === 0) {
    return (
      <p className="text-muted">
        There is none: people see what the role of their account gives them. Add one here, or apply documents
        and the RBAC of a cluster with flowloom access apply -f.
      </p>
    );
  }
  return (
    <SettingsTable caption="Who has which role where" columns={columns}>
      {bindings.map((binding) => {
        const { source, role, subjects, scopes } = binding;
        return (
          <SettingsRow
            key={[source.kind, source.cluster, source.name, bindingText(binding)].join('/')}
            name={bindingText(binding)}
            cells={[
              { key: 'role', shown: role },
              { key: 'who', shown: <Lines texts={subjects.map(subjectText)} none="nobody" /> },
              { key: 'where', shown: <Lines texts={scopes.map(scopeText)} none="nowhere" /> },
              { key: 'from', shown: sourceText(source) },
              {
                key: 'remove',
                shown:
                  source.kind === 'settings' ? <RemoveByHand what="bindings" name={binding.name} /> : null,
              },
            ]}
          />
        );
      })}
    </SettingsTable>
  );
}

function subjectText({ kind, name }: Bindings['bindings'][number]['subjects'][number]): string {
  switch (kind) {
    case 'User':
      return name;
    case 'Group':
      return `group ${name}`;
    case 'ServiceAccount':
      return `service account ${name}`;
  }
}

function Lines({ texts, none }: { readonly texts: readonly string[]; readonly none: string }) {
  if (texts.length === 0) return <span className="text-muted">{none}</span>;
  return (
    <ul>
      {[...new Set(texts)].map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}
