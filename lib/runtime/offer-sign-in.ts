import { type DemoAccount, provideDemoAccounts } from '#lib/auth/demo-accounts.ts';
import { firstAdminLink } from '#lib/auth/first-admin.ts';
import { isLoopbackOnly, publicAddress } from '#lib/auth/public-address.ts';
import { signingSecret } from '#lib/auth/signing-secret.ts';
import type { Environment } from '#lib/config/environment.ts';
import { removeDemoPeople } from '#lib/db/demo-people.ts';
import { asOwner } from '#lib/db/owner-session.ts';
import type { DatabaseUrls } from '#lib/db/urls.ts';
import { demoStatus } from '#lib/server/demo-status.ts';
import { homeFolder } from './project-root.ts';

/**
 * Sees to it that somebody can sign in, and answers what to print: the link that makes the first admin while
 * there is none, and the accounts of the demo, which nobody but this machine may reach.
 */
export async function offerSignIn(environment: Environment, urls: DatabaseUrls): Promise<readonly string[]> {
  const secret = signingSecret({ secret: environment.secret, home: homeFolder(environment.home) });
  const { state } = await demoStatus(urls);
  const hasDemo = environment.demo === 'auto' && (state === 'running' || state === 'paused');
  return asOwner(urls.owner, async (session) => {
    const path = await firstAdminLink(session, Date.now());
    const link = path === null ? [] : linkLines(publicAddress(environment) + path);
    if (hasDemo && isLoopbackOnly(environment)) {
      return [...link, ...demoLines(await provideDemoAccounts(session, secret))];
    }
    // Made when this server was for this machine only, with passwords that were printed.
    await removeDemoPeople(session);
    return link;
  });
}

function linkLines(address: string): readonly string[] {
  return ['', 'There is no admin yet. This link makes the first one, once, within 24 hours:', `  ${address}`];
}

function demoLines(accounts: readonly DemoAccount[]): readonly string[] {
  return [
    '',
    'To look around in the demo, sign in as one of these (they go with the demo):',
    ...accounts.map(
      ({ email, password, role, groups }) =>
        `  ${email.padEnd(22)}  ${password}   ${role ?? `team ${groups.join(', ')}`}`,
    ),
  ];
}
