import { type FarEnd, limitedScope } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';

/** What the installation tells of far ends; asked while a scope is decided, so that it needs none. */
export async function farEnd(reader: Reader): Promise<FarEnd> {
  const nothing = limitedScope({ clusters: [], namespaceIds: [], namespacesSince: [], farEnd: 'nothing' });
  const rows = await reader.ask<{ readonly value: unknown }>(nothing, {
    name: 'far-end',
    text: "SELECT value FROM setting WHERE key = 'farEnd'",
    values: [],
  });
  const [row] = rows;
  // What nobody understands tells less, not more.
  return row === undefined || row.value === 'namespace' ? 'namespace' : 'nothing';
}
