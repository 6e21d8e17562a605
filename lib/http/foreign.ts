import { isIP } from 'node:net';
import type { Problem } from './problem.ts';

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses what a foreign page makes a browser send: by another site's request, or by a name that was made to
 * point at this machine (DNS rebinding). Whoever shows a token has no browser that could be made to.
 *
 * `navigation`: a page of another site may lead here, as the identity provider does.
 */
export function refuseForeign(
  request: Request,
  { hosts, reach }: { readonly hosts: ReadonlySet<string>; readonly reach: 'own-pages' | 'navigation' },
): Problem | null {
  const { headers, method } = request;
  if (headers.has('authorization')) return null;
  const host = (headers.get('host') ?? '').toLowerCase();
  if (!isOurs(host, hosts)) {
    return forbidden(
      `"${host}" is no name of this server: open it by its address, or set FLOWLOOM_URL to the one that people use`,
    );
  }
  const isSafe = safeMethods.has(method);
  if (isSafe && reach === 'navigation') return null;
  return refuseOtherPages(headers, { host, hosts, isSafe });
}

function refuseOtherPages(
  headers: Headers,
  { host, hosts, isSafe }: { host: string; hosts: ReadonlySet<string>; isSafe: boolean },
): Problem | null {
  const origin = headers.get('origin');
  const site = headers.get('sec-fetch-site');
  if (origin !== null) {
    const from = origin.replace(/^https?:\/\//, '').toLowerCase();
    // A proxy may ask by a name of its own: the public one is meant then.
    if (from === host || hosts.has(from)) return null;
    return forbidden(
      `requests from pages of ${origin} are not taken; call Flowloom from its own pages or with an API token`,
    );
  }
  if (site === 'same-origin' || site === 'none') return null;
  if (site !== null) return forbidden('requests from other sites are not taken; open the address itself');
  // Every browser of today says where a change comes from.
  return isSafe ? null : forbidden('say where this comes from in an Origin header, or show an API token');
}

/** Names stand in `hosts`; an address cannot be rebound, since it is asked of nobody. */
function isOurs(host: string, hosts: ReadonlySet<string>): boolean {
  const name = host.replace(/:\d+$/, '');
  return (
    name === 'localhost' || isIP(name.replace(/^\[|\]$/g, '')) !== 0 || hosts.has(host) || hosts.has(name)
  );
}

function forbidden(detail: string): Problem {
  return { status: 403, code: 'foreign-request', title: 'Not from here', detail };
}
