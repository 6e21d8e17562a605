import { createHash, createHmac } from 'node:crypto';

/** The 128 bits behind a short address: they follow from the key that is stored and from the server's secret. */
export function linkIdOf(secret: string, key: string): string {
  return createHmac('sha256', secret)
    .update(`share-link\0${key}`)
    .digest()
    .subarray(0, 16)
    .toString('base64url');
}

/** What is kept of an id, and looked up by. */
export function linkIdHash(id: string): Buffer {
  return createHash('sha256').update(id).digest();
}
