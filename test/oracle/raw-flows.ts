import type pg from 'pg';

/** A row of `flow`, with what its names say that count. Ids are decimal text. */
export type RawFlow = {
  readonly atMs: number;
  readonly channel: string;
  readonly srcNs: string;
  readonly dstNs: string;
  readonly batch: string;
  /** The cluster in which it was logged. */
  readonly cluster: string;
  /** Protocol, both addresses and both ports; null where the record does not tell them all. */
  readonly tuple: string | null;
  readonly sourceKind: number;
  readonly reporter: number;
  readonly verdict: number;
  readonly flags: number;
  readonly flows: number;
  readonly connections: number | null;
  readonly bytes: number | null;
  readonly packets: number | null;
  /** Microseconds * 4 + kind. */
  readonly latency: number | null;
  readonly egress: string | null;
  readonly egressPending: string | null;
  readonly ingress: string | null;
  readonly ingressPending: string | null;
};

/** All raw flows of a database. A log of a named cluster was taken there, else where its reporter stands. */
export async function rawFlows(client: pg.ClientBase): Promise<readonly RawFlow[]> {
  const { rows } = await client.query<RawFlow>(`
    SELECT (extract(epoch FROM f.started_at) * 1000)::float8 AS "atMs",
      f.channel::text, f.src_ns::text AS "srcNs", f.dst_ns::text AS "dstNs", f.batch::text,
      CASE WHEN b.named_cluster <> '' THEN b.named_cluster WHEN f.reporter = 2 THEN d.cluster ELSE s.cluster END AS cluster,
      CASE WHEN num_nulls(f.client_address, f.server_address, f.client_port, f.server_port) = 0
        THEN concat_ws(' ', c.protocol, host(f.client_address), f.client_port, host(f.server_address), f.server_port)
      END AS tuple,
      f.flags >> 9 AS "sourceKind", f.reporter, f.verdict, f.flags & 63 AS flags, 1 + coalesce(f.more_flows, 0) AS flows,
      f.connections, f.latency,
      f.bytes::float8, f.packets::float8,
      f.egress::text, f.egress_pending::text AS "egressPending",
      f.ingress::text, f.ingress_pending::text AS "ingressPending"
    FROM flow f
    JOIN ingest_batch b ON b.id = f.batch
    JOIN channel c ON c.id = f.channel
    JOIN endpoint s ON s.id = c.source
    JOIN endpoint d ON d.id = c.destination`);
  return rows;
}
