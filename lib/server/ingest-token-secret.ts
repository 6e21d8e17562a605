import { createHash, randomBytes } from 'node:crypto';

/** What every ingest token begins with, so that people and scanners know one where it has leaked. */
const PREFIX = 'flowloom_ingest_';

/** A new secret: 256 random bits, so that it needs no salt and no slow hash. */
export function newTokenSecret(): string {
  return PREFIX + randomBytes(32).toString('base64url');
}

/** Short enough to be typed, and tells nothing of the secret. */
export function newTokenId(): string {
  return randomBytes(5).toString('hex');
}

/** What is kept of a secret, and looked up by: comparing hashes leaks no part of the secret by its time. */
export function tokenHash(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
