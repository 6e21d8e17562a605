import { wholeEstate } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';

/**
 * Which state of a cluster's inventory was there at a time (null: now): the same text is the same objects. Null
 * where there was none. It is for whoever remembers what follows from one, and leaves the server in no answer.
 */
export async function inventoryVersion(
  reader: Reader,
  cluster: string,
  at: Date | null,
): Promise<string | null> {
  const rows = await reader.ask<{ readonly applied: Date | null; readonly objects: string }>(wholeEstate(), {
    name: 'inventory-version',
    // Retention and purges take away what was, and no time of applying tells of that.
    text: `SELECT (SELECT max(applied_at) FROM inventory_apply
        WHERE cluster = $1 AND ($2::timestamptz IS NULL OR applied_at <= $2)) AS applied,
      (SELECT count(*) FROM inventory_object WHERE cluster = $1) AS objects`,
    values: [cluster, at],
  });
  const { applied = null, objects = '0' } = rows[0] ?? {};
  return applied === null ? null : `${applied.toISOString()} ${objects}`;
}
