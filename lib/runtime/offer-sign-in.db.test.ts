import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createUser } from '#lib/auth/create-user.ts';
import { createFirstAdmin, isLinkGood } from '#lib/auth/first-admin.ts';
import { signIn } from '#lib/auth/sign-in.ts';
import { type Environment, readEnvironment } from '#lib/config/environment.ts';
import { asOwner } from '#lib/db/owner-session.ts';
import { listUsers } from '#lib/db/users.ts';
import { removeDemo } from '#lib/server/remove-demo.ts';
import { seedDemo } from '#lib/server/seed-demo.ts';
import { serverDatabase } from '../../test/server-database.ts';
import { withClient } from '../../test/with-client.ts';
import { offerSignIn } from './offer-sign-in.ts';

let database: Awaited<ReturnType<typeof serverDatabase>>;
const home = mkdtempSync(join(tmpdir(), 'flowloom-sign-in-'));

beforeAll(async () => {
  database = await serverDatabase();
});
afterAll(async () => {
  await database.close();
  rmSync(home, { recursive: true });
});

function environment(variables: Readonly<Record<string, string>> = {}): Environment {
  const read = readEnvironment({ FLOWLOOM_HOME: home, ...variables });
  if (!read.ok) throw new Error(read.error);
  return read.value;
}

function linkIn(lines: readonly string[]): string | undefined {
  return /first-admin\?link=([\w-]+)/.exec(lines.join('\n'))?.[1];
}

async function emails(): Promise<readonly string[]> {
  return (await asOwner(database.urls.owner, listUsers)).map(({ email }) => email);
}

it('prints a link until there is an admin; each start makes the one before worthless', async () => {
  const first = linkIn(await offerSignIn(environment(), database.urls)) ?? '';
  const second = linkIn(await offerSignIn(environment(), database.urls)) ?? '';
  expect(await isLinkGood(first)).toBe(false);
  expect(await isLinkGood(second)).toBe(true);
  const stored = await withClient(database.urls.owner, async (client) =>
    JSON.stringify((await client.query('SELECT * FROM setting')).rows),
  );
  expect(stored).not.toContain(second);

  const wanted = { email: 'ada@test.example', password: 'correct horse battery' };
  const made = await Promise.all([
    createFirstAdmin({ link: second, ...wanted }),
    createFirstAdmin({ link: second, email: 'eve@test.example', password: wanted.password }),
  ]);
  expect([...made].sort()).toEqual([false, true]);
  expect(await isLinkGood(second)).toBe(false);
  expect(linkIn(await offerSignIn(environment(), database.urls))).toBeUndefined();
});

it('ends a link with its time, and with an admin who was made otherwise', async () => {
  await withClient(database.urls.owner, (client) => client.query('DELETE FROM app_user'));
  const old = linkIn(await offerSignIn(environment(), database.urls)) ?? '';
  await withClient(database.urls.owner, (client) =>
    client.query(
      `UPDATE setting SET value = jsonb_set(value, '{expiresAt}', '"2026-01-01T00:00:00Z"') WHERE key = 'first-admin'`,
    ),
  );
  expect(await isLinkGood(old)).toBe(false);
  const link = linkIn(await offerSignIn(environment(), database.urls)) ?? '';
  const admin = {
    email: 'bea@test.example',
    password: 'correct horse battery',
    role: 'admin',
    groups: [],
  } as const;
  await asOwner(database.urls.owner, (session) => createUser(session, admin));
  expect(await createFirstAdmin({ link, email: 'eve@test.example', password: 'correct horse battery' })).toBe(
    false,
  );
});

it('makes the accounts of the demo on this machine only, and takes them away with it', async () => {
  await seedDemo(database.urls, Date.now());
  const lines = await offerSignIn(environment(), database.urls);
  expect(await offerSignIn(environment(), database.urls)).toEqual(lines);
  const shown = lines.flatMap((line) => [...line.matchAll(/^ {2}(\S+@demo\.example) +(\S+)/g)]);
  expect(shown).toHaveLength(4);
  expect(lines.join('\n')).toMatch(/payments@demo\.example .*team demo-payments/);
  for (const [, email = '', password = ''] of shown) {
    const signed = await signIn({ email, password, address: '127.0.0.1', headers: new Headers() });
    expect([email, signed.kind]).toEqual([email, 'signed-in']);
  }
  const elsewhere: readonly Readonly<Record<string, string>>[] = [
    { HOST: '0.0.0.0' },
    { FLOWLOOM_URL: 'https://flows.example' },
    { FLOWLOOM_DEMO: 'off' },
  ];
  for (const variables of elsewhere) {
    expect(await offerSignIn(environment(variables), database.urls)).toEqual([]);
    expect(await emails()).toEqual(['bea@test.example']);
    await offerSignIn(environment(), database.urls);
  }
  expect(await emails()).toHaveLength(5);
  await removeDemo(database.urls);
  expect(await emails()).toEqual(['bea@test.example']);
  expect(await offerSignIn(environment(), database.urls)).toEqual([]);
});

it('keeps its secret for its owner alone, and the same at every start', async () => {
  const file = join(home, 'secret');
  const before = readFileSync(file, 'utf8');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(before.trim()).toHaveLength(44);
  await offerSignIn(environment(), database.urls);
  expect(readFileSync(file, 'utf8')).toBe(before);
});
