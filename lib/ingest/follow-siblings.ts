import type { BigIntStats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ClientBase } from 'pg';

import { rangesOfFile } from './committed.ts';

/** A file beside the followed one that may hold what that one held before. */
export type Sibling = {
  readonly path: string;
  readonly stats: BigIntStats;
  /** By its name (a number, a date) what log rotation makes, not only something that begins alike. */
  readonly isRotation: boolean;
};

const COMPRESSED = /\.(gz|zst)$/;

/** The siblings of a followed file, the oldest first. */
export async function siblingsOf(file: string): Promise<readonly Sibling[]> {
  const folder = path.dirname(file);
  const names: readonly string[] = await readdir(folder).catch(() => []);
  const found: Sibling[] = [];
  for (const name of names) {
    const isRotation = isRotationOf(path.basename(file), name);
    if (!isRotation && !beginsAlike(path.basename(file), name)) continue;
    const plain = name.replace(COMPRESSED, '');
    // A packed copy beside the plain one is still being written.
    if (plain !== name && names.includes(plain)) continue;
    const place = path.join(folder, name);
    const stats = await stat(place, { bigint: true }).catch(() => null);
    if (!stats?.isFile()) continue;
    found.push({
      path: place,
      stats,
      isRotation,
    });
  }
  return found.sort((a, b) => numberOf(b) - numberOf(a) || Number(a.stats.mtimeNs - b.stats.mtimeNs));
}

/** `flows.log.2` is older than `flows.log.1`, whenever something was last written to either. */
function numberOf({ path: place }: Sibling): number {
  return Number(/\.(\d{1,5})$/.exec(place.replace(COMPRESSED, ''))?.[1] ?? 0);
}

/** `flows.log.1`, `flows.log-20261124.gz`, and `events-2026-11-24T10-00-00.000.log` as Go programs rotate. */
export function isRotationOf(name: string, other: string): boolean {
  const plain = other.replace(COMPRESSED, '');
  if (plain.startsWith(name) && /^[.-]\d[\d.:T_-]*$/.test(plain.slice(name.length))) return true;
  const { name: stem, ext } = path.parse(name);
  if (ext === '' || !plain.startsWith(stem) || !plain.endsWith(ext) || plain === name) return false;
  return /^[.-]\d[\d.:TZ_-]*$/.test(plain.slice(stem.length, -ext.length));
}

function beginsAlike(name: string, other: string): boolean {
  return other.startsWith(name) && other !== name;
}

/** True where content that begins like this is committed, at least in part. */
export async function isBegun(client: ClientBase, named: string | null, head: Buffer): Promise<boolean> {
  return (await rangesOfFile(client, named, head)).length > 0;
}

/** True where something was ingested from this path before. */
export async function wasRead(client: ClientBase, named: string | null, file: string): Promise<boolean> {
  const found = await client.query(
    `/* follow: read before */ SELECT 1 FROM ingest_batch
    WHERE source = $1 AND byte_to IS NOT NULL AND (named_cluster = $2 OR named_cluster = '' AND cluster = $2) LIMIT 1`,
    [file, named ?? ''],
  );
  return found.rows.length > 0;
}
