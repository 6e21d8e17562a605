import type { OwnerSession } from '#lib/db/owner-session.ts';

/** How many names were removed, by table. */
export type RemovedNames = Readonly<Record<NameTable, number>>;

type NameTable = 'channel' | 'pod' | 'policy_trace' | 'endpoint' | 'label_set' | 'namespace';

const isOld = "written_at < now() - interval '2 days'";

// Where each name is used. What most rows have is asked first: the rest is then asked for few.
const users: readonly {
  readonly table: NameTable;
  readonly uses: readonly (readonly [string, ...string[]])[];
}[] = [
  {
    table: 'channel',
    uses: [
      ['channel_1d', 'channel'],
      ['channel_1h', 'channel'],
      ['channel_trace_1h', 'channel'],
      ['channel_1m', 'channel'],
      ['flow', 'channel'],
      ['packet_seen', 'channel'],
      ['channel_latency_1d', 'channel'],
      ['channel_latency_1h', 'channel'],
      ['channel_latency_1m', 'channel'],
    ],
  },
  { table: 'pod', uses: [['flow', 'client_pod', 'server_pod']] },
  {
    table: 'policy_trace',
    uses: [
      ['channel_trace_1h', 'enforced', 'pending'],
      ['flow', 'egress', 'egress_pending', 'ingress', 'ingress_pending'],
      ['packet_seen', 'egress', 'egress_pending', 'ingress', 'ingress_pending'],
    ],
  },
  { table: 'endpoint', uses: [['channel', 'source', 'destination']] },
  { table: 'label_set', uses: [['endpoint_labels', 'label_set']] },
  {
    table: 'namespace',
    uses: [
      ['endpoint', 'namespace'],
      ['pod', 'namespace'],
      ['channel', 'src_ns', 'dst_ns'],
    ],
  },
];

/**
 * Removes names that nothing uses and nobody has written for two days, without keeping any writer waiting:
 * why none can be about to use one is told in lib/ingest/write-dimensions.ts, and facts of whoever wrote
 * one earlier were committed before this looks. The deletion looks at the row's age again, so that a name
 * that is written meanwhile stays.
 */
export async function removeNames(session: OwnerSession): Promise<RemovedNames> {
  const removed: Record<NameTable, number> = {
    channel: 0,
    pod: 0,
    policy_trace: 0,
    endpoint: 0,
    label_set: 0,
    namespace: 0,
  };
  for (const { table, uses } of users) {
    await session.change(
      '/* flowloom:idle-names */ CREATE TEMPORARY TABLE idle_name (id BIGINT PRIMARY KEY)',
    );
    await session.change(
      `/* flowloom:idle-names */ INSERT INTO idle_name SELECT id FROM ${table} WHERE ${isOld}`,
    );
    for (const [user, ...columns] of uses) {
      for (const column of columns) {
        const [left] = await session.ask('/* flowloom:idle-names */ SELECT FROM idle_name LIMIT 1');
        if (left === undefined) break;
        await session.change(
          `/* flowloom:idle-names */ DELETE FROM idle_name WHERE id IN (SELECT ${column} FROM ${user})`,
        );
      }
    }
    removed[table] = await removeIdle(session, table);
    await session.change('/* flowloom:idle-names */ DROP TABLE idle_name');
  }
  return removed;
}

async function removeIdle(session: OwnerSession, table: NameTable): Promise<number> {
  // One that is being written at this moment is not idle.
  const doomed = `DELETE FROM ${table} WHERE id IN (
    SELECT id FROM ${table} JOIN idle_name USING (id) WHERE ${isOld} FOR UPDATE OF ${table} SKIP LOCKED)`;
  if (table !== 'endpoint') return await session.change(`/* flowloom:idle-names */ ${doomed}`);
  const rows = await session.ask<{ count: number }>(
    `/* flowloom:idle-names */ WITH gone AS (${doomed} RETURNING id),
       labels AS (DELETE FROM endpoint_labels WHERE endpoint IN (SELECT id FROM gone))
     SELECT count(*)::int AS count FROM gone`,
  );
  return rows[0]?.count ?? 0;
}
