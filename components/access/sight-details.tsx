'use client';

import { type ReactNode, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import type { SightDocument } from '#lib/contracts/access.ts';
import { plural } from '#lib/kit/format-number.ts';
import {
  bindingText,
  installationRights,
  knownRights,
  rightNames,
  sightText,
  sourceText,
} from './access-words.ts';
import { SettingsRow, SettingsTable, Tags } from './settings-table.tsx';

const reasonColumns = [
  { name: 'Binding', width: '30%' },
  { name: 'From', width: '18%' },
  { name: 'Role', width: '14%' },
  { name: 'Reaches you as', width: '20%' },
  { name: 'Namespaces', width: '18%' },
] as const;

const namespaceColumns = [
  { name: 'Namespace', width: '30%' },
  { name: 'Cluster', width: '22%' },
  { name: 'Allowed there', width: '30%' },
  { name: 'Seen from (UTC)', width: '18%' },
] as const;

// A long list makes the page slow to draw; most people have far fewer.
const FIRST_NAMESPACES = 200;

/** What somebody can see and do, and the bindings that it comes from. */
export function SightDetails({
  sight,
  you = false,
}: {
  readonly sight: SightDocument;
  readonly you?: boolean;
}) {
  const everywhere = installationRights(sight.rights);
  return (
    <div className="flex max-w-[1080px] flex-col gap-6">
      <dl className="grid grid-cols-[150px_1fr] gap-x-4 gap-y-2.5 rounded-[10px] border border-line bg-surface px-4 py-3.5">
        <Fact name={you ? 'You are' : 'Person'}>
          <span className="font-medium">{sight.user ?? 'the operator of this machine'}</span>
        </Fact>
        <Fact name="Groups">
          <Tags names={sight.groups} none="none" />
        </Fact>
        <Fact name="Sees">{sightText(sight)}</Fact>
        <Fact name="May do">
          <Tags names={knownRights(sight.rights).map((right) => rightNames[right])} none="nothing" />
        </Fact>
        {everywhere.length > 0 && !sight.isEstate && (
          <Fact name="Of these everywhere">{everywhere.map((right) => rightNames[right]).join(', ')}</Fact>
        )}
      </dl>
      <Part title="Why">
        {sight.because.length === 0 ? (
          <p className="text-muted">
            {you ? 'No binding reaches you' : 'No binding reaches this person'}, neither by address nor by a
            group: nothing of the estate is shown.
          </p>
        ) : (
          <SettingsTable
            caption="The bindings that give this"
            columns={reasonColumns.map((column) =>
              column.name === 'Reaches you as' && !you ? { ...column, name: 'Reaches them as' } : column,
            )}
          >
            {sight.because.map((reason) => {
              const key = [
                reason.source.kind,
                reason.source.name,
                bindingText(reason),
                reason.subject,
              ].join();
              return (
                <SettingsRow
                  key={key}
                  name={bindingText(reason)}
                  cells={[
                    { key: 'from', shown: sourceText(reason.source) },
                    { key: 'role', shown: reason.role },
                    { key: 'as', shown: reason.subject },
                    { key: 'namespaces', shown: <span className="tabular">{reason.namespaces}</span> },
                  ]}
                />
              );
            })}
          </SettingsTable>
        )}
      </Part>
      {sight.namespaces.length > 0 && <NamespaceList namespaces={sight.namespaces} />}
    </div>
  );
}

function NamespaceList({ namespaces }: Pick<SightDocument, 'namespaces'>) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? namespaces : namespaces.slice(0, FIRST_NAMESPACES);
  return (
    <Part title="Where">
      <SettingsTable caption="The namespaces that can be seen" columns={namespaceColumns}>
        {shown.map(({ cluster, name, rights, since }) => (
          <SettingsRow
            key={`${cluster}/${name}`}
            name={name}
            cells={[
              { key: 'cluster', shown: cluster },
              { key: 'rights', shown: <Tags names={rights} none="nothing" /> },
              {
                key: 'since',
                shown: (
                  <span className="tabular">{since === null ? 'the beginning' : since.slice(0, 10)}</span>
                ),
              },
            ]}
          />
        ))}
      </SettingsTable>
      {shown.length < namespaces.length && (
        <Button className="self-start" onClick={() => setWhole(true)}>
          Show all {plural(namespaces.length, 'namespace')}
        </Button>
      )}
    </Part>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="flex flex-col gap-2.5">
      <h2 className="font-semibold">{title}</h2>
      {children}
    </section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}
