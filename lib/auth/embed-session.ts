import { createHmac, timingSafeEqual } from 'node:crypto';
import type { EmbedSession } from '#lib/contracts/embeds.ts';

/** What a session of a frame begins with, so that people and scanners know one where it has leaked. */
const prefix = 'flowloom_embed_';

/** Long enough for a frame that asks once a minute, too short to be worth taking along. */
export const embedSessionMs = 10 * 60_000;

/**
 * What a frame shows to get the picture of one embed, and nothing else: no other route knows what it is. Nobody
 * keeps it: it says which embed and until when, under the server's secret.
 */
export function newEmbedSession(secret: string, key: string, nowMs: number): EmbedSession {
  const untilMs = nowMs + embedSessionMs;
  const said = `${key}.${untilMs.toString(36)}`;
  return {
    token: `${prefix}${said}.${macOf(secret, said).toString('base64url')}`,
    until: new Date(untilMs).toISOString(),
  };
}

/** The key of the embed that an Authorization header shows a session of; null for anything else, and one that is over. */
export function embedKeyIn(authorization: string | null, secret: string, nowMs: number): string | null {
  const [, key = '', until = '', mac = ''] =
    /^\s*bearer\s+flowloom_embed_([\w-]{22})\.([\da-z]{1,12})\.([\w-]{43})\s*$/i.exec(authorization ?? '') ??
    [];
  if (key === '') return null;
  const isOurs = timingSafeEqual(macOf(secret, `${key}.${until}`), Buffer.from(mac, 'base64url'));
  return isOurs && Number.parseInt(until, 36) > nowMs ? key : null;
}

function macOf(secret: string, said: string): Buffer {
  return createHmac('sha256', secret).update(`embed-session\0${said}`).digest();
}
