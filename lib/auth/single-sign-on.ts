import { afterSignIn, safeNextPath, signInAddress } from '#lib/contracts/next-path.ts';
import type { SignInReason } from '#lib/contracts/sign-in.ts';
import { endSession } from '#lib/db/users.ts';
import { log } from '#lib/telemetry/log.ts';
import { cookiesOf, opensSession } from './cookies.ts';
import { type Auth, createAuth, underway } from './create-auth.ts';
import { discover } from './discovery.ts';
import { oidcProvider, oidcProviderId } from './oidc-provider.ts';
import { type ServerAuth, serverAuth } from './server-auth.ts';
import { sessionOf } from './session-of.ts';

// One for the process, made when the provider has answered once. Development reloads modules.
const held = globalThis as { flowloomSingleSignOn?: Auth };

/** What the button of the sign-in page says; null where no provider is set up. */
export function singleSignOnName(): string | null {
  return serverAuth().environment.oidc?.name ?? null;
}

/** Sends a browser to the provider; where that does not answer, back to the sign-in page, which says so. */
export async function beginSingleSignOn(request: Request): Promise<Response> {
  const server = serverAuth();
  const url = new URL(request.url);
  const next = safeNextPath(url.searchParams.get('next'));
  // What is remembered of the way there is in a cookie: it has to begin at the host where it comes back to.
  const home = new URL(server.address);
  if (request.headers.get('host') !== home.host) {
    return redirect(new URL(`${url.pathname}${url.search}`, home).href);
  }
  const auth = await reachProvider(server);
  if (auth === null) return redirect(signInAddress(next, 'provider-away' satisfies SignInReason));
  const answer = await auth.api.signInSocial({
    body: { provider: oidcProviderId, callbackURL: next, errorCallbackURL: '/sign-in' },
    headers: request.headers,
    asResponse: true,
  });
  const address = answer.headers.get('location');
  if (address === null) throw new Error(`better-auth answered ${answer.status} to a sign-in at the provider`);
  return redirect(address, cookiesOf(answer));
}

/** Takes a browser back from the provider; what was wrong is in the log, and the person learns that it failed. */
export async function finishSingleSignOn(request: Request): Promise<Response> {
  const server = serverAuth();
  const auth = await reachProvider(server);
  if (auth === null) return redirect(signInAddress('/', 'provider-away' satisfies SignInReason));
  const before = await sessionOf(request.headers);
  const answer = await underway.run({ groups: null }, () => auth.handler(request));
  const address = answer.headers.get('location');
  if (address === null || !opensSession(answer)) {
    log.warn({ answered: address, part: 'sign-in' }, 'a sign-in through the identity provider failed');
    return redirect(signInAddress('/', 'provider-refused' satisfies SignInReason));
  }
  if (before !== null) await endSession(server.store, before.id);
  return redirect(afterSignIn(safeNextPath(address)), cookiesOf(answer));
}

/** null where the provider is away; why is in the log. */
async function reachProvider({ environment, ...server }: ServerAuth): Promise<Auth | null> {
  const { oidc } = environment;
  if (oidc === null) return null;
  if (held.flowloomSingleSignOn !== undefined) return held.flowloomSingleSignOn;
  const discovery = await discover(oidc.issuer);
  if (!discovery.ok) {
    log.error({ reason: discovery.error, part: 'sign-in' }, 'the identity provider cannot be used');
    return null;
  }
  const auth = createAuth({ ...server, provider: oidcProvider(oidc, discovery.value) });
  const { socialProviders } = await auth.$context;
  // Asked a second time by better-auth itself, it may have answered otherwise.
  if (!socialProviders.some(({ id, issuer }) => id === oidcProviderId && issuer === oidc.issuer)) return null;
  held.flowloomSingleSignOn = auth;
  return auth;
}

function redirect(location: string, headers = new Headers({ 'cache-control': 'no-store' })): Response {
  headers.set('location', location);
  return new Response(null, { status: 303, headers });
}
