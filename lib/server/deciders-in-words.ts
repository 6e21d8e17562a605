import { redactHit } from '#lib/access/redact.ts';
import type { Reader } from '#lib/db/reader.ts';
import { decidingPolicies } from '#lib/db/sql/deciding-policies.ts';
import { connectionKey } from '#lib/graph/overlay/connection.ts';
import type { DecidedBy } from '#lib/graph/overlay/recorded.ts';
import type { Span } from '#lib/kit/window.ts';
import type { PolicySeer } from './policy-world.ts';
import { policiesAt } from './visible-hits.ts';

/** What decided, as far as the viewer may know of it, and at which end of the traffic. */
export type Decider = {
  readonly hit: NonNullable<ReturnType<typeof redactHit>>;
  readonly cluster: string;
  readonly way: 'in' | 'out';
};

/** What the records name as having decided, in the words of whoever asks; null is no word. The last hit of a trace decides. */
export async function decidersInWords(
  reader: Reader,
  seer: PolicySeer,
  window: Span,
  wordsOf: (decider: Decider) => string | null,
): Promise<DecidedBy> {
  const words = new Map<string, Set<string>>();
  for (const row of await decidingPolicies(reader, seer.scope, window)) {
    const last = row.hits.at(-1);
    const own = row.side === 'source' ? row.source : row.target;
    const hit = last === undefined ? null : redactHit(last, policiesAt(seer, own));
    if (hit === null) continue;
    const word = wordsOf({ hit, cluster: own.cluster, way: row.side === 'source' ? 'out' : 'in' });
    if (word === null) continue;
    const key = `${row.verdict} ${connectionKey(row)}`;
    words.set(key, (words.get(key) ?? new Set()).add(word));
  }
  return (connection, verdict) => [...(words.get(`${verdict} ${connectionKey(connection)}`) ?? [])];
}
