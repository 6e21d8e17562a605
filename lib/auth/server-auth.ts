import { type Environment, readEnvironment } from '#lib/config/environment.ts';
import { type AuthStore, openAuthStore } from '#lib/db/auth-store.ts';
import { type Auth, createAuth } from './create-auth.ts';
import { publicAddress } from './public-address.ts';
import { signingSecret } from './signing-secret.ts';

/** What the server signs people in with. */
export type ServerAuth = {
  readonly environment: Environment;
  readonly store: AuthStore;
  readonly secret: string;
  readonly address: string;
  /** Sessions and passwords; it knows no identity provider, so none can hold it up. */
  readonly auth: Auth;
};

// One for the process. Development reloads modules, so it hangs on the global object.
const held = globalThis as { flowloomAuth?: ServerAuth };

/** Made with the first request. */
export function serverAuth(): ServerAuth {
  held.flowloomAuth ??= open();
  return held.flowloomAuth;
}

function open(): ServerAuth {
  const read = readEnvironment(process.env);
  if (!read.ok) throw new Error(read.error);
  const environment = read.value;
  if (environment.databaseUrl === null) {
    throw new Error('DATABASE_URL is not set: start the server with npm start');
  }
  const store = openAuthStore(environment.databaseUrl);
  const secret = signingSecret(environment);
  const address = publicAddress(environment);
  return {
    environment,
    store,
    secret,
    address,
    auth: createAuth({ store, secret, address, provider: null }),
  };
}
