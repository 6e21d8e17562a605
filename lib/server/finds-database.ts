import { limitedScope } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';

/** Returns where the reader can read flows, and throws where it cannot; it reads none. */
export async function findsDatabase(reader: Reader): Promise<void> {
  const nothing = limitedScope({ clusters: [], namespaceIds: [] });
  await reader.ask(nothing, { name: 'ready', text: 'SELECT FROM channel_1m LIMIT 0', values: [] });
}
