import { deleteOldAudit } from '#lib/db/audit-log.ts';
import type { OwnerSession } from '#lib/db/owner-session.ts';
import type { Retention } from '#lib/kit/retention.ts';

export type OldRecords = {
  readonly answeredKeys: number;
  readonly rejectedLines: number;
  readonly labels: number;
  readonly batches: number;
  /** Addresses, nodes and growth of days whose counts are gone. */
  readonly dayRows: number;
  /** What objects of the inventory were before they changed or went. */
  readonly inventory: number;
  /** Rows of the audit log. */
  readonly audit: number;
};

/**
 * Deletes what does not lie in partitions: answers to keys after their seven days, rejected lines after
 * thirty; labels, addresses, nodes and batches with the last sums of their days. A batch is what protects its file from
 * counting twice, so it must not go before any sum that it is in. What the inventory was goes at the age of
 * the last sums; former namespaces stay, since whose history flows are is told by them.
 */
export async function deleteOldRecords(
  session: OwnerSession,
  retention: Retention,
  auditDays: number,
): Promise<OldRecords> {
  const daySeconds = retention['1d'] / 1000;
  const isAnyDayKept = (from: string, to: string): string => `EXISTS (
    SELECT FROM pg_inherits JOIN pg_class AS child ON child.oid = inhrelid
    CROSS JOIN LATERAL partitions_of(to_date(substring(child.relname FROM '_([0-9]{8})$'), 'YYYYMMDD')) AS days
    WHERE inhparent = 'channel_1d'::regclass AND days.name = child.relname AND days.from_at <= ${to} AND days.to_at > ${from})`;
  let dayRows = 0;
  for (const [table, at] of [
    ['external_address', "(day::timestamp AT TIME ZONE 'UTC')"],
    ['source_node', "(day::timestamp AT TIME ZONE 'UTC')"],
    ['dimension_growth', "(day::timestamp AT TIME ZONE 'UTC')"],
    ['source_node_10m', 'bucket'],
  ] as const) {
    dayRows += await session.change(
      `/* flowloom:old-days */ DELETE FROM ${table}
       WHERE ${at} < now() - make_interval(secs => $1) AND NOT ${isAnyDayKept(at, at)}`,
      [daySeconds],
    );
  }
  await session.change(
    `/* flowloom:old-applies */ DELETE FROM inventory_apply AS old WHERE applied_at < now() - make_interval(secs => $1)
       AND EXISTS (SELECT FROM inventory_apply AS later WHERE later.cluster = old.cluster AND later.applied_at > old.applied_at)`,
    [daySeconds],
  );
  // Nobody has moved anything in it for half a year: it is laid out anew, and nobody misses the other one.
  await session.change(
    "/* flowloom:old-pictures */ DELETE FROM picture WHERE kept_at < now() - interval '180 days'",
  );
  // What nobody can open any more stays on its maker's list for a while, without what was in it.
  await session.change(
    `/* flowloom:empty-snapshots */ UPDATE snapshot SET data = '', places = NULL
     WHERE expires_at <= now() AND octet_length(data) > 0`,
  );
  for (const table of ['snapshot', 'embed', 'share_link']) {
    await session.change(
      `/* flowloom:old-${table} */ DELETE FROM ${table} WHERE least(revoked_at, expires_at) < now() - interval '30 days'`,
    );
  }
  // Nobody is shown one any more; the next draft that is made takes them along, and there may be none.
  await session.change('/* flowloom:old-drafts */ DELETE FROM policy_draft WHERE expires_at <= now()');
  return {
    dayRows,
    inventory: await session.change(
      `/* flowloom:old-inventory */ DELETE FROM inventory_object
       WHERE valid_to < now() - make_interval(secs => $1) AND type <> 'namespace'
         AND NOT EXISTS (SELECT FROM kept_cluster WHERE kept_cluster.name = cluster)`,
      [daySeconds],
    ),
    audit: await deleteOldAudit(session, auditDays),
    answeredKeys: await session.change(
      "/* flowloom:old-keys */ DELETE FROM ingest_request WHERE committed_at < now() - interval '7 days'",
    ),
    rejectedLines: await session.change(
      "/* flowloom:old-rejected */ DELETE FROM rejected_line WHERE rejected_at < now() - interval '30 days'",
    ),
    labels: await session.change(
      `/* flowloom:old-labels */ DELETE FROM endpoint_labels
       WHERE valid_from < now() - make_interval(secs => $1) AND NOT ${isAnyDayKept('valid_from', 'valid_from')}`,
      [daySeconds],
    ),
    batches: await session.change(
      `/* flowloom:old-batches */ DELETE FROM ingest_batch
       WHERE committed_at < now() - make_interval(secs => $1)
         AND (first_at IS NULL OR NOT ${isAnyDayKept('first_at', 'last_at')})
         AND NOT EXISTS (SELECT FROM kept_cluster WHERE name IN (cluster, named_cluster))`,
      [daySeconds],
    ),
  };
}
