import type { OwnerSession } from '#lib/db/owner-session.ts';

/** What the database knows of its demo. */
export type DemoState = {
  /** Something of the demo is there. */
  readonly isPresent: boolean;
  /** Somebody took it away: it does not come back. */
  readonly isRemoved: boolean;
  /** Anything but the demo was ingested. */
  readonly hasOtherData: boolean;
  /** The greatest of the demo's batch keys, null where there is none. */
  readonly lastKey: string | null;
};

const settingKey = 'demo';

// Seeding, moving on and removing exclude each other, in all processes. The number is "demo" in ASCII.
const lockNumber = 0x64656d6f;

/** Waits for others that have the demo in hand; the session's end gives it free. */
export async function lockDemo(session: OwnerSession): Promise<void> {
  await session.ask('/* flowloom:demo-lock */ SELECT pg_advisory_lock($1)', [lockNumber]);
}

/** False where somebody else has the demo in hand at this moment. */
export async function tryLockDemo(session: OwnerSession): Promise<boolean> {
  const rows = await session.ask<{ locked: boolean }>(
    '/* flowloom:demo-try-lock */ SELECT pg_try_advisory_lock($1) AS locked',
    [lockNumber],
  );
  return rows[0]?.locked ?? false;
}

export async function readDemoState(session: OwnerSession, cluster: string): Promise<DemoState> {
  const rows = await session.ask<{ other: boolean; removed: boolean; last_key: string | null }>(
    // Whoever ingests into a cluster of that name has not made a demo of it: only the keys tell.
    `/* flowloom:demo-state */ SELECT
       EXISTS (SELECT FROM ingest_batch
         WHERE (named_cluster = $1 AND fingerprint LIKE 'key:demo:%') IS NOT TRUE) AS other,
       EXISTS (SELECT FROM setting WHERE key = $2 AND value ? 'removedAt') AS removed,
       (SELECT substr(max(fingerprint COLLATE "C"), 5) FROM ingest_batch
        WHERE named_cluster = $1 AND fingerprint LIKE 'key:demo:%') AS last_key`,
    [cluster, settingKey],
  );
  const row = rows[0];
  return {
    isPresent: row !== undefined && row.last_key !== null,
    isRemoved: row?.removed ?? false,
    hasOtherData: row?.other ?? false,
    lastKey: row?.last_key ?? null,
  };
}

/** Remembers that the demo was taken away, which an empty database could not tell. */
export async function rememberDemoRemoved(session: OwnerSession, removedAt: Date): Promise<void> {
  await session.change(
    `/* flowloom:demo-removed */ INSERT INTO setting (key, value) VALUES ($1, $2)
     ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value`,
    [settingKey, JSON.stringify({ removedAt: removedAt.toISOString() })],
  );
}
