import { randomBytes } from 'node:crypto';
import { hashPassword } from 'better-auth/crypto';
import type { Role } from '#lib/access/roles.ts';
import type { Asker } from '#lib/db/auth-store.ts';
import { changePassword, insertUser } from '#lib/db/users.ts';

export type WantedUser = {
  /** In lower case, without space around it. */
  readonly email: string;
  /** null: they sign in through the identity provider only. */
  readonly password: string | null;
  readonly role: Role | null;
  readonly groups: readonly string[];
};

/** Makes an account; answers its id, or null where the address is taken. */
export async function createUser(asker: Asker, user: WantedUser): Promise<string | null> {
  const { email, password, role, groups } = user;
  const passwordHash = password === null ? null : await hashPassword(password);
  return insertUser(asker, { email, role, groups, passwordHash, isDemo: false });
}

/** Gives somebody another password, whoever knows the old one is out; false where there is nobody of this address. */
export async function setPassword(asker: Asker, email: string, password: string): Promise<boolean> {
  return changePassword(asker, email, await hashPassword(password));
}

/** A password that nobody guesses, for showing once. */
export function madePassword(): string {
  return randomBytes(15).toString('base64url');
}
