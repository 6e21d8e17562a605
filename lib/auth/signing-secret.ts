import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What sessions are signed with: FLOWLOOM_SECRET, else a file of its own in the home, which is made with
 * the first start and which only its owner reads. Several servers of one database need the same.
 */
export function signingSecret({
  secret,
  home,
}: {
  readonly secret: string | null;
  /** Absolute. */
  readonly home: string;
}): string {
  if (secret !== null) return secret;
  const file = join(home, 'secret');
  return read(file) ?? make(home, file);
}

function make(home: string, file: string): string {
  mkdirSync(home, { recursive: true });
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    // Whole or not at all: another process that starts now reads this one, or makes its own first.
    linkSync(draft, file);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    rmSync(draft);
  }
  const made = read(file);
  if (made === null) throw new Error(`${file} was removed while it was made; start again`);
  return made;
}

function read(file: string): string | null {
  try {
    const secret = readFileSync(file, 'utf8').trim();
    if (secret.length >= 32) return secret;
    throw new Error(
      `${file} is no secret: remove it, and a new one is made (everybody has to sign in again)`,
    );
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
