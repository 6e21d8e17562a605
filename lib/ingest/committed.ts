import { createHash, type Hash } from 'node:crypto';
import type { ClientBase, Pool } from 'pg';
import { withClient } from '#lib/db/with-client.ts';

import type { ByteRange } from './ledger.ts';

/** The first bytes of an input tell files apart; a name or an inode would not survive rotation. */
export const FINGERPRINT_BYTES = 4096;

/** How long a key is remembered. */
const KEY_DAYS = 7;

export type Span = { readonly from: number; readonly to: number };

/** `<length>:<hash>` of the first 4 KiB, or of all there is. */
export function fingerprintOf(head: Buffer): string {
  const bytes = head.subarray(0, FINGERPRINT_BYTES);
  return `${bytes.length}:${createHash('sha256').update(bytes).digest('hex')}`;
}

/**
 * The ranges that may be committed already, of every fingerprint that this head answers to: a file that
 * was shorter than 4 KiB when it was first read is known by what it was then.
 */
export async function rangesOfFile(
  client: ClientBase,
  named: string | null,
  head: Buffer,
): Promise<readonly ByteRange[]> {
  const fingerprints = new Set([fingerprintOf(head)]);
  for (const length of await shorterFiles(client, head.length))
    fingerprints.add(fingerprintOf(head.subarray(0, length)));
  return await rangesOf(client, named, [...fingerprints], null);
}

const isShort = `fingerprint ~ '^[0-9]+:' AND fingerprint NOT LIKE '${FINGERPRINT_BYTES}:%'`;
const lengthOf = "split_part(fingerprint, ':', 1)::int";

/**
 * The lengths up to `most` that files had which were shorter than a fingerprint. From one to the next in
 * their index: to read them all would be to read the ledger.
 */
async function shorterFiles(client: ClientBase, most: number): Promise<readonly number[]> {
  const next = (after: string): string =>
    `SELECT ${lengthOf} AS length FROM ingest_batch
    WHERE ${isShort} AND ${lengthOf} > ${after} AND ${lengthOf} <= $1 ORDER BY ${lengthOf} LIMIT 1`;
  const found = await client.query<{ length: number }>(
    `/* ingest: lengths of short files */
    WITH RECURSIVE short AS (
      (${next('-1')})
      UNION ALL
      SELECT following.length FROM short, LATERAL (${next('short.length')}) AS following
    )
    SELECT length FROM short`,
    [most],
  );
  return found.rows.map(({ length }) => length);
}

/** The ranges that were committed under a key within its lifetime. */
export async function rangesOfKey(
  client: ClientBase,
  named: string | null,
  identity: string,
): Promise<readonly ByteRange[]> {
  return await rangesOf(client, named, [identity], KEY_DAYS);
}

async function rangesOf(
  client: ClientBase,
  named: string | null,
  identities: readonly string[],
  days: number | null,
): Promise<readonly ByteRange[]> {
  const found = await client.query<{ byte_from: string; byte_to: string; content_hash: string }>(
    `/* ingest: committed ranges */
    SELECT byte_from, byte_to, content_hash FROM ingest_batch
    WHERE fingerprint = ANY($1::text[]) AND byte_to IS NOT NULL
      AND (named_cluster = $2 OR named_cluster = '' AND cluster = $2)
      AND ($3::int IS NULL OR committed_at > now() - make_interval(days => $3))
    ORDER BY byte_from, byte_to`,
    [identities, named ?? '', days],
  );
  return found.rows.map((row) => ({
    from: Number(row.byte_from),
    to: Number(row.byte_to),
    contentHash: row.content_hash,
  }));
}

/**
 * Those of the ranges whose bytes are still what they were when they were committed: two files may
 * begin alike and go on differently. Reads no further than the last range.
 */
export async function verifiedSpans(
  chunks: AsyncIterable<Buffer>,
  ranges: readonly ByteRange[],
): Promise<readonly Span[]> {
  return joined((await compared(chunks, ranges)).verified);
}

/**
 * The same for a copy of an input that was read further than the copy goes: a range that the copy ends in
 * is committed as far as it is there, if everything before it is.
 */
export async function verifiedSpansOfCopy(
  chunks: AsyncIterable<Buffer>,
  ranges: readonly ByteRange[],
): Promise<readonly Span[]> {
  const { verified, cut } = await compared(chunks, ranges);
  const whole = joined(verified);
  const end = whole.findLast(({ from }) => from === 0)?.to ?? 0;
  return joined([...whole, ...cut.filter(({ from }) => from <= end)]);
}

async function compared(
  chunks: AsyncIterable<Buffer>,
  ranges: readonly ByteRange[],
): Promise<{ readonly verified: readonly Span[]; readonly cut: readonly Span[] }> {
  const verified: Span[] = [];
  const waiting = ranges.toSorted((a, b) => a.from - b.from);
  let open: { readonly range: ByteRange; readonly hash: Hash }[] = [];
  let start = 0;
  for await (const chunk of chunks) {
    const end = start + chunk.length;
    for (let next = waiting[0]; next !== undefined && next.from < end; next = waiting[0]) {
      open.push({ range: next, hash: createHash('sha256') });
      waiting.shift();
    }
    for (const { range, hash } of open) {
      hash.update(chunk.subarray(Math.max(0, range.from - start), Math.min(chunk.length, range.to - start)));
      if (range.to <= end && hash.digest('hex') === range.contentHash) verified.push(range);
    }
    open = open.filter(({ range }) => range.to > end);
    if (open.length === 0 && waiting.length === 0) break;
    start = end;
  }
  return { verified, cut: open.map(({ range }) => ({ from: range.from, to: start })) };
}

/** Neighbouring spans as one, in order. */
function joined(spans: readonly Span[]): readonly Span[] {
  const whole: { from: number; to: number }[] = [];
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    const last = whole.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else whole.push({ from, to });
  }
  return whole;
}

// As much of the first record as tells two nodes' logs apart that began in the same second.
const LOCK_BYTES = 512;
const [LF, OPEN_BRACE, OPEN_BRACKET] = [10, 123, 91];

export type InputLock = {
  /** What the input is known by; the batches of whoever holds the lock carry it. */
  readonly name: string;
  /** How long to wait for the one before; default: as long as it takes. */
  readonly mostWaitMs?: number;
};

/**
 * Two processes with one file, or two requests with one key, take turns; the second finds everything done.
 * Throws what `isDatabaseAway` knows where the turn did not come in time.
 */
export async function withInputLock<T>(
  locks: Pool,
  { name, mostWaitMs = Number.POSITIVE_INFINITY }: InputLock,
  work: (client: ClientBase) => Promise<T>,
): Promise<T> {
  // After a failure the connection is closed, and Postgres lets go of the lock.
  return await withClient(locks, async (client) => {
    const giveUpMs = performance.now() + mostWaitMs;
    await lock(client, { name, space: INPUT, giveUpMs });
    await waitForOrphans(client, name, giveUpMs);
    const result = await work(client);
    await unlock(client, { name, space: INPUT });
    return result;
  });
}

/**
 * Whoever held the lock before may be gone while Postgres still works on a batch, or on the commit, that it
 * sent: its lock is free then, and its batch not to be seen yet. So every batch holds a lock of its own for
 * as long as its transaction lives, and the next one waits for that too.
 */
export async function waitForOrphans(
  client: ClientBase,
  name: string,
  giveUpMs = Number.POSITIVE_INFINITY,
): Promise<void> {
  await lock(client, { name, space: BATCH, giveUpMs });
  await unlock(client, { name, space: BATCH });
}

// Two locks of one name: of an input, and of each of its batches for as long as its transaction lives.
const INPUT = 2;
const BATCH = 3;

// A connection that says nothing for longer would be taken for a stalled one.
const STEP_MS = 5_000;

type Lock = { readonly name: string; readonly space: number };

async function lock(
  client: ClientBase,
  { name, space, giveUpMs }: Lock & { giveUpMs: number },
): Promise<void> {
  for (;;) {
    const stepMs = Math.max(1, Math.min(STEP_MS, Math.trunc(giveUpMs - performance.now())));
    await client.query(`SET lock_timeout = ${stepMs}`);
    try {
      await client.query(`SELECT pg_advisory_lock(hashtextextended($1, ${space}))`, [name]);
      return;
    } catch (error) {
      if (!isTimeout(error) || performance.now() >= giveUpMs) throw error;
    }
  }
}

async function unlock(client: ClientBase, { name, space }: Lock): Promise<void> {
  await client.query(`SELECT pg_advisory_unlock(hashtextextended($1, ${space}))`, [name]);
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '55P03';
}

/** To be called first in the transaction of a batch of an input that counts once. */
export async function holdForBatch(client: ClientBase, name: string): Promise<void> {
  await client.query(`SELECT pg_advisory_xact_lock_shared(hashtextextended($1, ${BATCH}))`, [name]);
}

/** By the first record, which stays what it is while the file grows. */
export function fileLockName(named: string | null, head: Buffer): string {
  return `flowloom file ${named ?? ''} ${head.subarray(0, lockEnd(head)).toString('hex')}`;
}

/** True where the file may grow without getting another lock. */
export function hasLockName(head: Buffer): boolean {
  return lockEnd(head) < head.length;
}

function lockEnd(head: Buffer): number {
  const isJson = head[0] === OPEN_BRACE || head[0] === OPEN_BRACKET;
  const first = head.indexOf(LF);
  // Many files of columns begin with the same line of names.
  const end = isJson || first < 0 ? first : head.indexOf(LF, first + 1);
  return Math.min(end < 0 ? head.length : end, LOCK_BYTES);
}

/** The clusters that anything was ingested for. */
export async function clustersInLedger(pool: Pool): Promise<readonly string[]> {
  const found = await pool.query<{ cluster: string }>(
    '/* ingest: clusters */ SELECT DISTINCT cluster FROM ingest_batch WHERE accepted > 0',
  );
  return found.rows.map(({ cluster }) => cluster);
}
