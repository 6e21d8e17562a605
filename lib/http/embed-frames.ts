import { serverAuth } from '#lib/auth/server-auth.ts';
import { linkIdPattern } from '#lib/contracts/url-state.ts';
import { readSharing } from '#lib/server/sharing-settings.ts';
import { log } from '#lib/telemetry/log.ts';

/** Whose pages may frame the page of this path, as `frame-ancestors` has it: nobody's, but for embeds. */
export async function frameAncestors(path: string): Promise<string> {
  const [, id] = /^\/embed\/([^/]+)$/.exec(path) ?? [];
  if (id === undefined || !linkIdPattern.test(id)) return "'none'";
  try {
    const { embedOrigins } = await readSharing(serverAuth().store);
    return embedOrigins.length === 0 ? "'none'" : embedOrigins.join(' ');
  } catch (error) {
    log.warn({ err: error }, 'who may frame embeds could not be read; nobody may');
    return "'none'";
  }
}
