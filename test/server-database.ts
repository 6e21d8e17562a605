import { serverAuth } from '#lib/auth/server-auth.ts';
import { signIn } from '#lib/auth/sign-in.ts';
import { serverReader } from '#lib/http/server-reader.ts';
import { freshDatabase, type TestDatabase } from './database.ts';
import type { TestPerson } from './person.ts';

/** A database of its own that route handlers of this process use, until it is closed. */
export async function serverDatabase(
  variables: Readonly<Record<string, string>> = {},
): Promise<TestDatabase & { readonly close: () => Promise<void> }> {
  const database = await freshDatabase();
  const given = { DATABASE_URL: database.urls.owner, FLOWLOOM_SECRET: 'x'.repeat(43), ...variables };
  const before = Object.keys(given).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, given);
  const close = async () => {
    await serverReader().close();
    await serverAuth().store.close();
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    await database.drop();
  };
  return { ...database, close };
}

/** What a browser of this process's server sends along after signing in. */
export async function browserOf({ email, password }: Pick<TestPerson, 'email' | 'password'>) {
  const signed = await signIn({ email, password, address: '127.0.0.1', headers: new Headers() });
  if (signed.kind !== 'signed-in') throw new Error(`${email} cannot sign in: ${signed.kind}`);
  const cookie = signed.headers
    .getSetCookie()
    .map((one) => one.split(';')[0] ?? '')
    .join('; ');
  return { cookie, host: '127.0.0.1:3000', origin: 'http://127.0.0.1:3000' } as const;
}
