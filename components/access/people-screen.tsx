'use client';

import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { TextField } from '#components/ui/text-field.tsx';
import { usePeople } from '#lib/client/people-queries.ts';
import type { PersonDocument } from '#lib/contracts/people.ts';
import { plural } from '#lib/kit/format-number.ts';
import { NewPersonDialog } from './new-person-dialog.tsx';
import { PersonScreen } from './person-screen.tsx';
import { minute } from './revocable.tsx';
import { SettingsScreen } from './settings-screen.tsx';
import { SettingsRow, SettingsTable, Tags } from './settings-table.tsx';

const columns = [
  { name: 'E-mail', width: '30%' },
  { name: 'Role', width: '12%' },
  { name: 'Groups', width: '24%' },
  { name: 'Signs in with', width: '16%' },
  { name: 'Last sign-in (UTC)', width: '18%' },
] as const;

/** Everybody who may sign in, or the one of them that the address names. */
export function PeopleScreen() {
  const person = useSearchParams().get('person');
  return person === null ? <PeopleList /> : <PersonScreen key={person} email={person} />;
}

function PeopleList() {
  const people = usePeople();
  const [sought, setSought] = useState('');
  return (
    <SettingsScreen
      title="People"
      what="people"
      query={people}
      aside={(list) => plural(list.people.length, 'account')}
      actions={<NewPersonDialog />}
    >
      {(list) => (
        <div className="flex flex-col gap-3">
          <TextField
            label="Find"
            type="search"
            placeholder="An e-mail address, role or group"
            className="max-w-80"
            value={sought}
            onChange={({ target }) => setSought(target.value)}
          />
          <PeopleTable people={list.people.filter((person) => isSought(person, sought))} />
        </div>
      )}
    </SettingsScreen>
  );
}

function PeopleTable({ people }: { readonly people: readonly PersonDocument[] }) {
  if (people.length === 0) return <p className="text-muted">Nobody here is like that.</p>;
  return (
    <SettingsTable caption="Everybody who may sign in" columns={columns}>
      {people.map((person) => (
        <PersonRow key={person.id} person={person} />
      ))}
    </SettingsTable>
  );
}

function isSought({ email, role, groups }: PersonDocument, sought: string): boolean {
  const part = sought.trim().toLowerCase();
  return [email, role ?? '', ...groups].some((text) => text.toLowerCase().includes(part));
}

function PersonRow({ person }: { readonly person: PersonDocument }) {
  const { email, role, groups, isDemo } = person;
  return (
    <SettingsRow
      name={
        <>
          <Link
            href={`/settings/people?${new URLSearchParams({ person: email })}`}
            className="text-accent hover:underline"
          >
            {email}
          </Link>
          {isDemo && <span className="ml-2 text-xs font-normal text-muted">demo</span>}
        </>
      }
      cells={[
        { key: 'role', shown: role ?? <span className="text-muted">none</span> },
        { key: 'groups', shown: <Tags names={groups} none="none" /> },
        { key: 'way', shown: wayText(person) },
        { key: 'seen', shown: <span className="tabular">{lastSeenText(person)}</span> },
      ]}
    />
  );
}

function wayText({ signsInWith }: Pick<PersonDocument, 'signsInWith'>): string {
  if (signsInWith.length === 0) return 'not yet known';
  return signsInWith.map((way) => (way === 'oidc' ? 'identity provider' : way)).join(', ');
}

function lastSeenText({ lastSignInAt }: Pick<PersonDocument, 'lastSignInAt'>): string {
  return lastSignInAt === null ? 'no session' : minute(lastSignInAt);
}
