import type { OwnerSession } from '#lib/db/owner-session.ts';

/**
 * Makes the names of the temporary table `doomed_channel` and all policy traces and label sets as old as can
 * be, so that those that nothing uses are removed now and not in two days. No batch is under way while
 * this is in its transaction (`keepWritersOut`); every later one finds that names were removed and writes
 * its own again first, which makes them young (lib/ingest/names.ts).
 */
export async function ageNames(session: OwnerSession): Promise<void> {
  const ends =
    'SELECT source FROM channel JOIN doomed_channel USING (id) UNION SELECT destination FROM channel JOIN doomed_channel USING (id)';
  const namespaces = `SELECT namespace FROM endpoint WHERE id IN (${ends})`;
  // In the order of tables and ids in which batches write them, so that neither waits for the other for ever.
  for (const [table, which] of [
    ['namespace', `id IN (${namespaces})`],
    ['endpoint', `id IN (${ends})`],
    ['pod', `namespace IN (${namespaces})`],
    ['channel', 'id IN (SELECT id FROM doomed_channel)'],
    ['policy_trace', 'TRUE'],
    ['label_set', 'TRUE'],
  ]) {
    await session.change(
      `/* flowloom:age-names */ UPDATE ${table} SET written_at = '-infinity'
       WHERE id IN (SELECT id FROM ${table} WHERE ${which} ORDER BY id FOR UPDATE)`,
    );
  }
  await session.change('/* flowloom:age-names */ UPDATE name_removal SET removals = removals + 1');
}
