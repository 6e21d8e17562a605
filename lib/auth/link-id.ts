import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** The 128 bits behind a short address: they follow from the key that is stored and from the server's secret. */
export function linkIdOf(secret: string, key: string): string {
  return hmac(secret, `share-link\0${key}`, 16).toString('base64url');
}

/**
 * The same of an embed: 96 bits, and a check of them. A page keeps a frame whose embed has ended, for years perhaps,
 * and all of its readers ask with that id: it is to be told from a guess although nobody has it any more.
 */
export function embedIdOf(secret: string, key: string): string {
  const id = hmac(secret, `embed\0${key}`, 12);
  return Buffer.concat([id, checkOf(secret, id)]).toString('base64url');
}

/** Whether an id was made here, whatever has become of it. */
export function isEmbedIdOfOurs(secret: string, id: string): boolean {
  const bytes = Buffer.from(id, 'base64url');
  return bytes.length === 16 && timingSafeEqual(bytes.subarray(12), checkOf(secret, bytes.subarray(0, 12)));
}

function checkOf(secret: string, id: Buffer): Buffer {
  return hmac(secret, `embed-check\0${id.toString('base64url')}`, 4);
}

function hmac(secret: string, text: string, bytes: number): Buffer {
  return createHmac('sha256', secret).update(text).digest().subarray(0, bytes);
}

/** What is kept of an id, and looked up by. */
export function linkIdHash(id: string): Buffer {
  return createHash('sha256').update(id).digest();
}
