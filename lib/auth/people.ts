import type { NewPerson, People, PersonChange } from '#lib/contracts/people.ts';
import type { Asker } from '#lib/db/auth-store.ts';
import { grantRole, listUsers, removeUser } from '#lib/db/users.ts';
import { createUser, madePassword, setPassword } from './create-user.ts';

type Done = { readonly email: string; readonly password: string | null };

/** Everybody who may sign in, by address. */
export async function listPeople(asker: Asker): Promise<People> {
  const users = await listUsers(asker);
  return {
    people: users.map((user) => ({
      ...user,
      groups: [...user.groups],
      signsInWith: [...user.signsInWith],
      createdAt: user.createdAt.toISOString(),
      lastSignInAt: user.lastSignInAt?.toISOString() ?? null,
    })),
  };
}

/** Makes an account, with a password where one is wanted; null where the address is taken. */
export async function addPerson(asker: Asker, { email, role, groups, ...wanted }: NewPerson) {
  const password = wanted.password === 'made' ? madePassword() : null;
  const id = await createUser(asker, { email, password, role, groups });
  return id === null ? null : ({ email, password } satisfies Done);
}

/** Gives a person another role, another password or both; null where there is nobody of this address. */
export async function changePerson(
  asker: Asker,
  email: string,
  { role, password: wanted }: PersonChange,
): Promise<Done | null> {
  if (role !== undefined && !(await grantRole(asker, email, role))) return null;
  if (wanted === undefined) return { email, password: null };
  const password = madePassword();
  return (await setPassword(asker, email, password)) ? { email, password } : null;
}

/** Removes a person with their sessions, tokens and groups; false where there is nobody of this address. */
export async function removePerson(asker: Asker, email: string): Promise<boolean> {
  return await removeUser(asker, email);
}
