import { createHmac } from 'node:crypto';
import { hashPassword } from 'better-auth/crypto';
import type { Role } from '#lib/access/roles.ts';
import { provideDemoBindings } from '#lib/db/demo-people.ts';
import type { OwnerSession } from '#lib/db/owner-session.ts';
import { insertUser } from '#lib/db/users.ts';

export type DemoAccount = {
  readonly email: string;
  readonly password: string;
  readonly role: Role | null;
  readonly groups: readonly string[];
};

const people: readonly Omit<DemoAccount, 'password'>[] = [
  { email: 'admin@demo.example', role: 'admin', groups: [] },
  { email: 'security@demo.example', role: 'security', groups: [] },
  { email: 'payments@demo.example', role: null, groups: ['demo-payments'] },
  { email: 'shop@demo.example', role: null, groups: ['demo-shop'] },
];

/**
 * Makes the accounts of the demo where they are missing and answers them with their passwords, which follow
 * from the secret of this installation: they are the same at every start, and are kept nowhere.
 */
export async function provideDemoAccounts(
  session: OwnerSession,
  secret: string,
): Promise<readonly DemoAccount[]> {
  const accounts = people.map((person) => ({ ...person, password: passwordOf(person.email, secret) }));
  for (const { email, password, role, groups } of accounts) {
    const user = { email, role, groups, passwordHash: await hashPassword(password), isDemo: true };
    await insertUser(session, user);
  }
  await provideDemoBindings(session, new Date());
  return accounts;
}

// Without letters and figures that look alike.
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Three times four characters: some 59 bits, and short enough to be typed. */
function passwordOf(email: string, secret: string): string {
  const bytes = createHmac('sha256', secret).update(`demo account ${email}`).digest();
  const letters = Array.from(bytes.subarray(0, 12), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
  return letters.replace(/(.{4})(?=.)/g, '$1-');
}
