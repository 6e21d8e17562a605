import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { betterAuth } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { type GenericOAuthConfig, genericOAuth } from 'better-auth/plugins';
import type { AuthStore } from '#lib/db/auth-store.ts';
import { replaceOidcGroups } from '#lib/db/users.ts';
import { log } from '#lib/telemetry/log.ts';

/** A working day with what comes before and after it. */
const SESSION_SECONDS = 24 * 3600;

/** Where better-auth would serve; of its addresses only the callback of the identity provider is one of ours. */
const authBasePath = '/api/v1/auth';

/** The groups that the provider names, on their way to the session that is being made. */
export const underway = new AsyncLocalStorage<{ groups: readonly string[] | null }>();

export type Auth = ReturnType<typeof createAuth>;

/** better-auth over our tables: sessions and passwords, and the identity provider where there is one. */
export function createAuth({
  store,
  secret,
  address,
  provider,
}: {
  readonly store: AuthStore;
  readonly secret: string;
  /** Where people open Flowloom. */
  readonly address: string;
  readonly provider: GenericOAuthConfig | null;
}) {
  return betterAuth({
    appName: 'Flowloom',
    baseURL: address,
    basePath: authBasePath,
    secret,
    database: prismaAdapter(store.prisma, { provider: 'postgresql' }),
    user: { modelName: 'user' },
    session: {
      modelName: 'userSession',
      expiresIn: SESSION_SECONDS,
      // Whoever is removed is out with the next request, so each of them looks the session up.
      cookieCache: { enabled: false },
      disableSessionRefresh: true,
    },
    account: {
      modelName: 'userLogin',
      updateAccountOnSignIn: false,
      accountLinking: { enabled: true, trustedProviders: [] },
    },
    verification: { modelName: 'signInState' },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 12, maxPasswordLength: 128 },
    advanced: {
      cookiePrefix: 'flowloom',
      useSecureCookies: address.startsWith('https:'),
      database: { generateId: () => randomUUID() },
    },
    // Ours counts in Postgres, by account too.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    plugins: provider === null ? [] : [genericOAuth({ config: [provider] })],
    // Below errors it says each wrong try, which is counted elsewhere.
    logger: { level: 'error', disableColors: true, log: writeLog },
    databaseHooks: {
      account: {
        // Nothing is asked of the provider after the sign-in: its tokens are not kept.
        create: {
          before: async (account) => ({
            data: { ...account, accessToken: null, refreshToken: null, idToken: null },
          }),
        },
      },
      session: {
        create: {
          before: async ({ userId }) => {
            const groups = underway.getStore()?.groups ?? null;
            if (groups !== null) await replaceOidcGroups(store, userId, groups);
          },
        },
      },
    },
  });
}

/** Its messages name no secret; what comes with them may, and is left to errors. */
function writeLog(_level: string, message: string, ...rest: unknown[]): void {
  const err = rest.find((part) => part instanceof Error);
  log.error({ ...(err === undefined ? {} : { err }), part: 'sign-in' }, message);
}
