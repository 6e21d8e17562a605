import type { OwnerSession } from '#lib/db/owner-session.ts';

// One process maintains at a time. The number is "keep" in ASCII.
const lockNumber = 0x6b656570;

/** False where another process has the lock and is left to it; the session's end gives it free. */
export async function lockMaintenance(
  session: OwnerSession,
  others: 'wait' | 'leave-it-to-them',
): Promise<boolean> {
  if (others === 'wait') {
    await session.ask('/* flowloom:maintenance-lock */ SELECT pg_advisory_lock($1)', [lockNumber]);
    return true;
  }
  const rows = await session.ask<{ locked: boolean }>(
    '/* flowloom:maintenance-lock */ SELECT pg_try_advisory_lock($1) AS locked',
    [lockNumber],
  );
  return rows[0]?.locked ?? false;
}

const settingKey = 'names-removed';

/** Looking for names that nothing uses reads all facts: once a day is enough. */
export async function namesAreDue(session: OwnerSession): Promise<boolean> {
  const rows = await session.ask(
    "/* flowloom:names-due */ SELECT FROM setting WHERE key = $1 AND (value #>> '{}')::timestamptz > now() - interval '1 day'",
    [settingKey],
  );
  return rows.length === 0;
}

export async function rememberNames(session: OwnerSession): Promise<void> {
  await session.change(
    `/* flowloom:names-removed */ INSERT INTO setting (key, value) VALUES ($1, to_jsonb(now()::text))
     ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value`,
    [settingKey],
  );
}
