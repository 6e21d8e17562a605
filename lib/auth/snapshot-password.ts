import { hashPassword, verifyPassword } from 'better-auth/crypto';

/** What is kept of a password (scrypt); null where there is none. */
export async function passwordHashOf(password: string | undefined): Promise<string | null> {
  return password === undefined ? null : await hashPassword(password);
}

export async function isRightPassword(hash: string, password: string): Promise<boolean> {
  return verifyPassword({ hash, password });
}
