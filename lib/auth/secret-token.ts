import { createHash, randomBytes } from 'node:crypto';

/** What every API token begins with, so that people and scanners know one where it has leaked. */
const PREFIX = 'flowloom_api_';

/** A new secret of 256 random bits, so that it needs no salt and no slow hash. */
export function newApiTokenSecret(): string {
  return PREFIX + newLinkSecret();
}

/** The same without a name, for a link. */
export function newLinkSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a secret, and looked up by. */
export function secretHash(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** What an Authorization header shows as an API token; null where it shows anything else. */
export function apiTokenIn(authorization: string | null): string | null {
  const [, token = ''] = /^\s*bearer\s+(\S+)\s*$/i.exec(authorization ?? '') ?? [];
  return isApiToken(token) ? token : null;
}

/** True for what looks like an API token, good or not. */
export function isApiToken(secret: string): boolean {
  return secret.startsWith(PREFIX);
}
