import { type Dropping, dropPartition } from '#lib/db/drop-partition.ts';
import { lockMaintenance, namesAreDue, rememberNames } from '#lib/db/maintenance-state.ts';
import { deleteOldRecords, type OldRecords } from '#lib/db/old-records.ts';
import { asOwner, type OwnerSession } from '#lib/db/owner-session.ts';
import { duePartitions, listPartitions } from '#lib/db/partitions.ts';
import { type RemovedNames, removeNames } from '#lib/db/remove-names.ts';
import type { DatabaseUrls } from '#lib/db/urls.ts';
import { defaultAuditDays, type Retention } from '#lib/kit/retention.ts';
import { dayMs, floorTo } from '#lib/kit/window.ts';

export type Maintenance = {
  readonly dryRun: boolean;
  /** Partitions that were made ahead, or with `dryRun` would be. */
  readonly made: readonly string[];
  /** Partitions whose age is over, and what became of each; `due` where nothing was done. */
  readonly dropped: readonly { readonly partition: string; readonly result: Dropping | 'due' }[];
  readonly partitions: number;
  readonly deleted: OldRecords | null;
  /** null where names were not looked for: they are, once a day. */
  readonly names: RemovedNames | null;
};

export type MaintainOptions = {
  readonly urls: Pick<DatabaseUrls, 'owner'>;
  readonly retention: Retention;
  /** For how many days the audit log is kept. */
  readonly auditDays?: number;
  readonly nowMs: number;
  readonly dryRun?: boolean;
  /** What happens while another process maintains the same database. */
  readonly others: 'wait' | 'leave-it-to-them';
  readonly names: 'always' | 'daily';
};

const DAYS_AHEAD = 3;

/**
 * Makes partitions ahead and drops those whose age is over, with what else has become old. One process does
 * it at a time; null where another one does and is left to it.
 */
export async function maintain(options: MaintainOptions): Promise<Maintenance | null> {
  return asOwner(options.urls.owner, async (session) => {
    if (!(await lockMaintenance(session, options.others))) return null;
    return options.dryRun ? await rehearse(session, options) : await run(session, options);
  });
}

async function run(
  session: OwnerSession,
  { retention, auditDays = defaultAuditDays, nowMs, names }: MaintainOptions,
): Promise<Maintenance> {
  const made: string[] = [];
  for (const day of daysAhead(nowMs)) {
    const rows = await session.ask<{ name: string }>(
      '/* flowloom:partitions-ahead */ SELECT ensure_partitions($1::date) AS name',
      [day],
    );
    made.push(...rows.map(({ name }) => name));
  }
  const dropped: { partition: string; result: Dropping | 'due' }[] = [];
  for (const partition of await duePartitions(session, retention)) {
    // Packets are needed for taking a batch back while any of the raw rows beside them is there.
    const isRawLeft = dropped.some(({ result }) => result === 'busy' || result === 'young');
    const waits = partition.parent === 'packet_seen' && isRawLeft;
    // Whoever was in the way of one is mostly in the way of all: patience is for the first.
    const tries = dropped.some(({ result }) => result === 'busy') ? 1 : undefined;
    dropped.push({
      partition: partition.name,
      result: waits ? 'busy' : await dropPartition(session, partition, retention, tries),
    });
  }
  const deleted = await deleteOldRecords(session, retention, auditDays);
  const areNamesDue = names === 'always' || (await namesAreDue(session));
  const removed = areNamesDue ? await removeNames(session) : null;
  if (areNamesDue) await rememberNames(session);
  const partitions = (await listPartitions(session)).length;
  return { dryRun: false, made, dropped, partitions, deleted, names: removed };
}

async function rehearse(session: OwnerSession, { retention, nowMs }: MaintainOptions): Promise<Maintenance> {
  const there = await listPartitions(session);
  const known = there.map(({ name }) => name);
  const wanted = await session.ask<{ name: string }>(
    '/* flowloom:partitions-ahead */ SELECT DISTINCT name FROM unnest($1::date[]) AS day, partitions_of(day) ORDER BY 1',
    [daysAhead(nowMs)],
  );
  const due = await duePartitions(session, retention);
  return {
    dryRun: true,
    made: wanted.map(({ name }) => name).filter((name) => !known.includes(name)),
    dropped: due.map(({ name }) => ({ partition: name, result: 'due' })),
    partitions: there.length,
    deleted: null,
    names: null,
  };
}

function daysAhead(nowMs: number): readonly string[] {
  const today = floorTo(nowMs, dayMs);
  return Array.from({ length: DAYS_AHEAD + 1 }, (_, ahead) =>
    new Date(today + ahead * dayMs).toISOString().slice(0, 10),
  );
}
