import type { Scope } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';

/** What a scope may see, as the key that pictures are kept under: the same sight, the same key. */
export async function scopeKey(reader: Reader, scope: Scope): Promise<string> {
  const rows = await reader.ask<{ key: string }>(scope, {
    name: 'scope-key',
    text: 'SELECT scope_key() AS key',
    values: [],
  });
  return rows[0]?.key ?? '';
}
