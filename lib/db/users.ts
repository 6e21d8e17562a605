import { randomUUID } from 'node:crypto';
import type { Role } from '#lib/access/roles.ts';
import type { Asker } from './auth-store.ts';

/** A person as they are made. */
export type NewUser = {
  /** In lower case, without space around it. */
  readonly email: string;
  readonly role: Role | null;
  readonly groups: readonly string[];
  /** null: no password, so sign-in through the identity provider only. */
  readonly passwordHash: string | null;
  readonly isDemo: boolean;
};

export type UserRow = {
  readonly id: string;
  readonly email: string;
  readonly role: Role | null;
  readonly isDemo: boolean;
  readonly groups: readonly string[];
  /** `password`, `oidc`. */
  readonly signsInWith: readonly string[];
  readonly createdAt: Date;
  readonly lastSignInAt: Date | null;
};

// The user, how they sign in and their groups come in one statement, so that none is there without the others.
const made = `made AS (
    INSERT INTO app_user (id, name, email, email_verified, role, is_demo)
    SELECT $1, $2, $2, TRUE, $3, $4 FROM allowed ON CONFLICT (email) DO NOTHING RETURNING id),
  login AS (
    INSERT INTO user_login (id, user_id, provider_id, account_id, password)
    SELECT gen_random_uuid()::text, id, 'credential', id, $5::text FROM made WHERE $5::text IS NOT NULL),
  in_groups AS (
    INSERT INTO user_group (user_id, "group", source) SELECT made.id, name, 'local' FROM made, unnest($6::text[]) name)
  SELECT id FROM made`;

function valuesOf({ email, role, groups, passwordHash, isDemo }: NewUser): readonly unknown[] {
  return [randomUUID(), email, role, isDemo, passwordHash, [...new Set(groups)]];
}

/** Adds a person and answers the id; null where the address is taken. */
export async function insertUser(asker: Asker, user: NewUser): Promise<string | null> {
  const rows = await asker.ask<{ id: string }>(
    `/* flowloom:insert-user */ WITH allowed AS (SELECT 1), ${made}`,
    valuesOf(user),
  );
  return rows[0]?.id ?? null;
}

// Whoever holds the link may make an admin while there is none; the demo's goes with the demo, and does not count.
const noAdmin = `NOT EXISTS (SELECT FROM app_user WHERE role = 'admin' AND NOT is_demo)`;
const isGood = `key = 'first-admin' AND value->>'hash' = $1 AND (value->>'expiresAt')::timestamptz > $2 AND ${noAdmin}`;

/** Adds the first admin and spends the link in one statement; null where one of the two cannot be. */
export async function insertFirstAdmin(
  asker: Asker,
  link: { readonly hash: string; readonly at: Date },
  user: NewUser,
): Promise<string | null> {
  const good = isGood.replace('$1', '$7').replace('$2', '$8');
  const rows = await asker.ask<{ id: string }>(
    `/* flowloom:first-admin */ WITH allowed AS (DELETE FROM setting WHERE ${good}
       AND NOT EXISTS (SELECT FROM app_user WHERE email = $2) RETURNING key), ${made}`,
    [...valuesOf(user), link.hash, link.at],
  );
  return rows[0]?.id ?? null;
}

/** True while a link makes the first admin. */
export async function isFirstAdminLink(asker: Asker, link: { hash: string; at: Date }): Promise<boolean> {
  const rows = await asker.ask(`/* flowloom:first-admin-link */ SELECT FROM setting WHERE ${isGood}`, [
    link.hash,
    link.at,
  ]);
  return rows.length > 0;
}

/** Puts a link in the place of the one before; false where there is an admin already. */
export async function offerFirstAdmin(
  asker: Asker,
  link: { readonly hash: string; readonly expiresAt: Date },
): Promise<boolean> {
  const value = JSON.stringify({ hash: link.hash, expiresAt: link.expiresAt.toISOString() });
  const offered = await asker.change(
    `/* flowloom:offer-first-admin */ INSERT INTO setting (key, value) SELECT 'first-admin', $1::jsonb WHERE ${noAdmin}
     ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value`,
    [value],
  );
  return offered > 0;
}

/** Everybody who may sign in, by address. */
export async function listUsers(asker: Asker): Promise<readonly UserRow[]> {
  return asker.ask<UserRow>(
    `/* flowloom:users */ SELECT id, email, role, is_demo AS "isDemo", created_at AS "createdAt",
       ARRAY(SELECT DISTINCT "group" FROM user_group WHERE user_id = app_user.id ORDER BY 1) AS groups,
       ARRAY(SELECT DISTINCT CASE provider_id WHEN 'credential' THEN 'password' ELSE provider_id END
         FROM user_login WHERE user_id = app_user.id ORDER BY 1) AS "signsInWith",
       (SELECT max(created_at) FROM user_session WHERE user_id = app_user.id) AS "lastSignInAt"
     FROM app_user ORDER BY email`,
  );
}

/** Gives a person a role in the whole estate, or none; false where there is nobody of this address. */
export async function grantRole(asker: Asker, email: string, role: Role | null): Promise<boolean> {
  const text = '/* flowloom:grant-role */ UPDATE app_user SET role = $2, updated_at = now() WHERE email = $1';
  return (await asker.change(text, [email, role])) > 0;
}

/** Removes a person with their sessions, tokens, groups and views; false where there is nobody of this address. */
export async function removeUser(asker: Asker, email: string): Promise<boolean> {
  return (await asker.change(`/* flowloom:remove-user */ ${removal('email = $1')}`, [email])) > 0;
}

/** Removes the people of the demo. */
export async function removeDemoUsers(asker: Asker): Promise<void> {
  await asker.change(`/* flowloom:remove-demo-users */ ${removal('is_demo')}`);
}

/** What people keep for themselves goes with them; what they kept for others stays, without a maker. */
function removal(which: string): string {
  const own = `audience = 'personal' AND "of" IN (SELECT id FROM gone)`;
  return `WITH gone AS (DELETE FROM app_user WHERE ${which} RETURNING id),
      views AS (DELETE FROM saved_view WHERE ${own}), layers AS (DELETE FROM layer WHERE ${own})
    SELECT FROM gone`;
}

/** Ends every session of a person. */
export async function endSessions(asker: Asker, userId: string): Promise<void> {
  await asker.change('/* flowloom:end-sessions */ DELETE FROM user_session WHERE user_id = $1', [userId]);
}

/** Ends one session. */
export async function endSession(asker: Asker, id: string): Promise<void> {
  await asker.change('/* flowloom:end-session */ DELETE FROM user_session WHERE id = $1', [id]);
}

/** The groups of a person, whoever says so. */
export async function groupsOf(asker: Asker, userId: string): Promise<readonly string[]> {
  const rows = await asker.ask<{ group: string }>(
    '/* flowloom:user-groups */ SELECT DISTINCT "group" FROM user_group WHERE user_id = $1 ORDER BY 1',
    [userId],
  );
  return rows.map(({ group }) => group);
}

/** Puts what the identity provider says of somebody's groups in the place of what it said before. */
export async function replaceOidcGroups(
  asker: Asker,
  userId: string,
  groups: readonly string[],
): Promise<void> {
  await asker.change(
    `/* flowloom:oidc-groups */ WITH gone AS (
       DELETE FROM user_group WHERE user_id = $1 AND source = 'oidc' AND "group" <> ALL ($2::text[]))
     INSERT INTO user_group (user_id, "group", source) SELECT $1, name, 'oidc' FROM unnest($2::text[]) name
     ON CONFLICT DO NOTHING`,
    [userId, [...new Set(groups)]],
  );
}

/** Whom to ask for access: admins who are no part of the demo. */
export async function adminAddresses(asker: Asker, most: number): Promise<readonly string[]> {
  const rows = await asker.ask<{ email: string }>(
    `/* flowloom:admins */ SELECT email FROM app_user WHERE role = 'admin' AND NOT is_demo ORDER BY created_at LIMIT $1`,
    [most],
  );
  return rows.map(({ email }) => email);
}

/** Sets the password of a person and ends their sessions; false where there is nobody of this address. */
export async function changePassword(asker: Asker, email: string, passwordHash: string): Promise<boolean> {
  const rows = await asker.ask(
    `/* flowloom:change-password */ WITH known AS (SELECT id FROM app_user WHERE email = $1),
       ended AS (DELETE FROM user_session USING known WHERE user_id = known.id)
     INSERT INTO user_login (id, user_id, provider_id, account_id, password)
     SELECT gen_random_uuid()::text, id, 'credential', id, $2 FROM known
     ON CONFLICT (provider_id, account_id) DO UPDATE SET password = EXCLUDED.password, updated_at = now()
     RETURNING id`,
    [email, passwordHash],
  );
  return rows.length > 0;
}
