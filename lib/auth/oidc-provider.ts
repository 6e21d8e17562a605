import type { GenericOAuthConfig } from 'better-auth/plugins';
import type { OidcSettings } from '#lib/config/oidc-settings.ts';
import { log } from '#lib/telemetry/log.ts';
import { underway } from './create-auth.ts';
import { type Discovery, discoveryAddress, readUserInfo } from './discovery.ts';
import { type Claims, claimsIn, groupsIn, mayBeTrusted, parseClaims } from './oidc-claims.ts';

/** As it stands in the address of the callback, and beside the accounts in the database. */
export const oidcProviderId = 'oidc';

/** The provider as better-auth takes it: code flow with PKCE, state and nonce; ID tokens are always verified. */
export function oidcProvider(settings: OidcSettings, discovery: Discovery): GenericOAuthConfig {
  const { issuer, clientId, clientSecret, scopes, groupsClaim } = settings;
  return {
    providerId: oidcProviderId,
    discoveryUrl: discoveryAddress(issuer),
    clientId,
    clientSecret,
    scopes: ['openid', ...scopes.filter((scope) => scope !== 'openid')],
    pkce: true,
    requireIdTokenVerification: true,
    accountSubject: ({ profile }) => String(profile.sub),
    // Called when issuer, audience, signature, lifetime and nonce of the ID token have been found right.
    getUserInfo: async ({ idToken, accessToken }) => {
      const proven = idToken === undefined ? null : claimsIn(idToken);
      if (proven === null) return refuse('the provider sent no ID token');
      const claims = await completeClaims(proven, { groupsClaim, discovery, accessToken });
      if (claims === null) return refuse('the userinfo endpoint speaks of somebody else');
      const { sub, email, name, preferred_username: username } = claims;
      if (email === undefined) return refuse('there is no claim "email": ask for its scope and map it');
      if (!mayBeTrusted(claims)) return refuse('the provider says that the e-mail address is not verified');
      const store = underway.getStore();
      if (store !== undefined) store.groups = groupsIn(claims, groupsClaim) ?? [];
      const emailVerified = claims.email_verified === true || claims.email_verified === 'true';
      return { sub, email: email.toLowerCase(), emailVerified, name: name ?? username ?? email };
    },
  };
}

/** What the ID token leaves out is asked of the userinfo endpoint; null where that speaks of another subject. */
async function completeClaims(
  proven: Claims,
  {
    groupsClaim,
    discovery,
    accessToken,
  }: {
    readonly groupsClaim: string;
    readonly discovery: Discovery;
    readonly accessToken: string | undefined;
  },
): Promise<Claims | null> {
  const isComplete = proven.email !== undefined && proven[groupsClaim] !== undefined;
  const address = discovery.userinfo_endpoint;
  if (isComplete || address === undefined || accessToken === undefined) return proven;
  const told = parseClaims(await readUserInfo(address, accessToken));
  if (told === null) return proven;
  return told.sub === proven.sub ? { ...told, ...proven } : null;
}

function refuse(reason: string): null {
  log.warn({ reason, part: 'sign-in' }, 'a sign-in through the identity provider was refused');
  return null;
}
