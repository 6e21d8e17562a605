import type { Asker } from './auth-store.ts';

/** What was opened; `isNoted`: whether it was noted in the last five minutes that it was. */
export type Opened = { readonly key: string; readonly isNoted: boolean };

/** Notes that somebody opened what was shared, once in five minutes. */
export async function noteOpened(
  asker: Asker,
  table: 'share_link' | 'snapshot' | 'embed',
  { key, isNoted }: Opened,
  at: Date,
): Promise<void> {
  if (isNoted) return;
  await asker.change(`/* flowloom:${table}-used */ UPDATE ${table} SET last_used_at = $2 WHERE key = $1`, [
    key,
    at,
  ]);
}
