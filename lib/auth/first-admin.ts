import { hashPassword } from 'better-auth/crypto';
import type { Asker } from '#lib/db/auth-store.ts';
import { insertFirstAdmin, isFirstAdminLink, offerFirstAdmin } from '#lib/db/users.ts';
import { newLinkSecret, secretHash } from './secret-token.ts';
import { serverAuth } from './server-auth.ts';

/** Long enough to be found in the log of the day; every start makes another one. */
const LIFE_MS = 24 * 3_600_000;

/** The path of a new link that makes the first admin; null where there is an admin. The link before is good no more. */
export async function firstAdminLink(asker: Asker, nowMs: number): Promise<string | null> {
  const secret = newLinkSecret();
  const expiresAt = new Date(nowMs + LIFE_MS);
  const isOffered = await offerFirstAdmin(asker, { hash: hashOf(secret), expiresAt });
  return isOffered ? `/first-admin?link=${secret}` : null;
}

/** True where the link of an address still makes an admin. */
export async function isLinkGood(secret: string): Promise<boolean> {
  return isFirstAdminLink(serverAuth().store, { hash: hashOf(secret), at: new Date() });
}

/** Makes the first admin; false where the link is spent, or somebody has this address already. */
export async function createFirstAdmin({
  link,
  email,
  password,
}: {
  readonly link: string;
  readonly email: string;
  readonly password: string;
}): Promise<boolean> {
  // Asked first: a hash takes its time, and nobody without a link is to make us take it.
  if (!(await isLinkGood(link))) return false;
  const passwordHash = await hashPassword(password);
  const id = await insertFirstAdmin(
    serverAuth().store,
    { hash: hashOf(link), at: new Date() },
    { email, role: 'admin', groups: [], passwordHash, isDemo: false },
  );
  return id !== null;
}

function hashOf(secret: string): string {
  return secretHash(secret).toString('base64url');
}
