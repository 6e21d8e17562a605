import type { Snapshot } from '#lib/contracts/snapshots.ts';

/** The address of a snapshot on this server; null where nobody knows it any more. */
export function snapshotPath({ id, kind }: Pick<Snapshot, 'id' | 'kind'>): string | null {
  if (id === null) return null;
  return kind === 'public' ? `/p/${id}` : `/snapshots/${id}`;
}
