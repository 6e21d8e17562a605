import type { Scope } from '#lib/access/scope.ts';
import type { GraphDocument } from '#lib/contracts/graph.ts';
import type { Reader } from '#lib/db/reader.ts';
import { deliveries } from '#lib/db/sql/deliveries.ts';
import { factsActivity } from '#lib/db/sql/facts-activity.ts';
import { nodeGaps } from '#lib/db/sql/node-gaps.ts';
import { type SourceActivity, sourceActivity } from '#lib/db/sql/source-activity.ts';
import type { AnsweredWindow } from '#lib/kit/window.ts';
import { completenessDocument, isByNode, silentAfterMs } from './completeness.ts';

/** What a window stands on, as far as it concerns the viewer; `clusters` null is all of them. */
export async function readCompleteness(
  reader: Reader,
  scope: Scope,
  window: AnsweredWindow,
  clusters: readonly string[] | null,
): Promise<GraphDocument['completeness']> {
  const evidence = await Promise.all([
    activity(reader, scope, window, clusters),
    deliveries(reader, scope, window.answered, clusters),
    isByNode(window.answered) ? nodeGaps(reader, scope, window.answered, clusters, silentAfterMs) : [],
  ]);
  return completenessDocument(window.answered, ...evidence);
}

/** Of clusters seen whole what their collectors did, of the others what the viewer's own facts tell of them. */
async function activity(
  reader: Reader,
  scope: Scope,
  window: AnsweredWindow,
  clusters: readonly string[] | null,
): Promise<readonly SourceActivity[]> {
  const [whole, own] = await Promise.all([
    sourceActivity(reader, scope, window.answered, clusters),
    factsActivity(reader, scope, window, clusters),
  ]);
  return [...whole, ...own];
}
