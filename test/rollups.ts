import pg from 'pg';

/** One minute of one channel as a reporter told it, for tests of what is read from the rollups. */
export type Minute = {
  readonly at: string;
  readonly channel: number;
  readonly kind?: number;
  readonly reporter: 'unknown' | 'source' | 'destination';
  readonly verdict: 'allowed' | 'denied' | 'dropped';
  readonly flows: number;
  readonly connections?: number | null;
  readonly bytes?: number | null;
};

const columns = 'channel, source_kind, reporter, verdict, src_ns, dst_ns';
const sums = [
  'records',
  'flows',
  'connections',
  'connections_known',
  'bytes',
  'bytes_known',
  'packets',
  'packets_known',
];

/** Writes minutes, and hours and days that are their sums; channel n goes from namespace `a<n>` to `b<n>` on tcp n. */
export async function seedRollups(ownerUrl: string, minutes: readonly Minute[]): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query('SELECT ensure_partitions(day::date) FROM unnest($1::text[]) AS day', [
      [...new Set(minutes.map(({ at }) => new Date(at).toISOString().slice(0, 10)))],
    ]);
    // At once, and waiting for nobody: a server may be reading meanwhile.
    await client.query('BEGIN');
    for (const table of ['channel_1m', 'channel_1h', 'channel_1d', 'channel', 'endpoint', 'namespace'])
      await client.query(`DELETE FROM ${table}`);
    for (const channel of new Set(minutes.map((minute) => minute.channel))) {
      const [from, to] = [channel * 10 + 1, channel * 10 + 2];
      await client.query(
        `INSERT INTO namespace VALUES (${from}, 'c', 'a${channel}'), (${to}, 'c', 'b${channel}')`,
      );
      await client.query(
        `INSERT INTO endpoint VALUES (${from}, 'c', 1, ${from}, 'client'), (${to}, 'c', 1, ${to}, 'server')`,
      );
      await client.query(
        `INSERT INTO channel VALUES (${channel}, ${from}, ${to}, 'tcp', ${channel}, ${from}, ${to})`,
      );
    }
    for (const {
      at,
      channel,
      kind = 2,
      reporter,
      verdict,
      flows,
      connections = null,
      bytes = null,
    } of minutes) {
      const codes = [
        ['unknown', 'source', 'destination'].indexOf(reporter),
        ['', 'allowed', 'denied', 'dropped'].indexOf(verdict),
      ];
      await client.query(
        `INSERT INTO channel_1m (bucket, ${columns}, ${sums.join(', ')})
         VALUES ($1, $2::bigint, $3, $4, $5, $2::bigint * 10 + 1, $2::bigint * 10 + 2, 1, $6, coalesce($7::bigint, 0), ($7::bigint IS NOT NULL)::int, coalesce($8::bigint, 0), ($8::bigint IS NOT NULL)::int, 0, 0)
         ON CONFLICT (bucket, channel, source_kind, reporter, verdict)
         DO UPDATE SET ${sums.map((c) => `${c} = channel_1m.${c} + excluded.${c}`).join(', ')}`,
        [at, channel, kind, ...codes, flows, connections, bytes],
      );
    }
    for (const [table, unit] of [
      ['channel_1h', 'hour'],
      ['channel_1d', 'day'],
    ]) {
      await client.query(
        `INSERT INTO ${table} (bucket, ${columns}, ${sums.join(', ')})
         SELECT date_trunc('${unit}', bucket, 'UTC'), ${columns}, ${sums.map((c) => `sum(${c})`).join(', ')}
         FROM channel_1m GROUP BY 1, ${columns}`,
      );
    }
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}
