import type { Scope } from '#lib/access/scope.ts';
import type { TimelineDocument } from '#lib/contracts/timeline.ts';
import type { Reader } from '#lib/db/reader.ts';
import { finestOfAll } from '#lib/db/sql/finest-grain.ts';
import { lostEvents } from '#lib/db/sql/lost-events.ts';
import { answeredBy } from '#lib/db/sql/slot-facts.ts';
import { timeline } from '#lib/db/sql/timeline.ts';
import { noFilters } from '#lib/graph/filter-traffic.ts';
import { toSlots } from '#lib/graph/timeline.ts';
import { planSlots, slotStarts } from '#lib/kit/time-slots.ts';
import { windowDocument } from './answer-window.ts';
import { type DrawnPart, isOfPart } from './drawn-part.ts';
import { planAnswer } from './plan-answer.ts';
import { readCompleteness } from './read-completeness.ts';
import type { GraphQuery } from './read-graph.ts';
import { readKept } from './read-traffic.ts';

const whole: DrawnPart = { edge: null, node: null };

type TimelineQuery = GraphQuery & {
  /** The part of the graph that is counted; the whole of it where nothing is said. */
  readonly part?: DrawnPart;
};

/**
 * What the graph of a window counts, slot by slot. Filters speak of the whole window, as they do for the
 * graph: what they leave of it is what is counted in every slot.
 */
export async function readTimeline(
  reader: Reader,
  scope: Scope,
  query: TimelineQuery,
): Promise<TimelineDocument> {
  const { level, clusters, namespaces, filters = noFilters, policies = null, part = whole } = query;
  const slots = planSlots(query.window, await finestOfAll(reader, scope, query.window));
  // The same window from the coarsest rollups, for what is not told by the slot.
  const window = await planAnswer(reader, scope, slots.answered);
  const isWhole = [filters.hide, filters.show, part.edge, part.node].every((one) => one === null);
  const left = isWhole ? null : await readKept(reader, scope, { ...query, window, filters, policies });
  const kept = left && { ...left, rows: left.rows.filter((row) => isOfPart(row, left.depth, part)) };
  const [rows, lost, completeness] = await Promise.all([
    timeline(reader, scope, { slots, clusters, namespaces, kept }),
    lostEvents(reader, scope, slots, clusters),
    readCompleteness(reader, scope, window, clusters),
  ]);
  return {
    window: windowDocument({ ...answeredBy(slots), requested: query.window }),
    level,
    slotSeconds: slots.stepMs / 1000,
    completeness,
    slots: toSlots(slotStarts(slots), rows, lost),
  };
}
