import type { Problem } from './problem.ts';

const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Until people can sign in, whoever reaches the server is its operator. It listens on loopback only,
 * so what is left to refuse is a browser that a foreign page sends here: by another site's request,
 * or by a name that was made to point at this machine (DNS rebinding).
 */
export function refuseForeign(request: Request): Problem | null {
  const host = request.headers.get('host') ?? '';
  if (!isLoopback(host)) {
    return forbidden(`open Flowloom as http://localhost or http://127.0.0.1, not as "${host}"`);
  }
  const origin = request.headers.get('origin');
  if (origin !== null && origin.replace(/^https?:\/\//, '') !== host) {
    return forbidden(
      `requests from pages of ${origin} are not taken; call Flowloom from its own pages or a script`,
    );
  }
  const site = request.headers.get('sec-fetch-site');
  if (site === 'cross-site')
    return forbidden('requests from other sites are not taken; open the address itself');
  return null;
}

function isLoopback(host: string): boolean {
  return loopbackHosts.has(host.replace(/:\d+$/, '').toLowerCase());
}

function forbidden(detail: string): Problem {
  return { status: 403, code: 'foreign-request', title: 'Not from here', detail };
}
