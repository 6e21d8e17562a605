import type { Asker } from './auth-store.ts';

const key = 'sharing';

/** Until the end of the transaction nobody else who takes it changes what is made of what is stored. */
export async function holdSharingSetting(asker: Asker): Promise<void> {
  await asker.ask('/* flowloom:hold-sharing */ SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `flowloom setting ${key}`,
  ]);
}

/** As it is stored; whoever reads it knows its shape. */
export async function readSharingSetting(asker: Asker): Promise<unknown> {
  const rows = await asker.ask<{ value: unknown }>(
    '/* flowloom:sharing */ SELECT value FROM setting WHERE key = $1',
    [key],
  );
  return rows[0]?.value ?? null;
}

/** Changes what is named, and leaves the rest as it is, also for whoever changes it at the same time. */
export async function writeSharingSetting(asker: Asker, change: object): Promise<unknown> {
  const rows = await asker.ask<{ value: unknown }>(
    `/* flowloom:change-sharing */ INSERT INTO setting (key, value) VALUES ($1, $2)
     ON CONFLICT (key) DO UPDATE SET value = setting.value || EXCLUDED.value RETURNING value`,
    [key, JSON.stringify(change)],
  );
  return rows[0]?.value ?? null;
}
