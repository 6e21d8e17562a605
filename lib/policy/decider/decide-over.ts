import { type EndBlocks, groupAt, groupCount, holds } from './end-blocks.ts';
import type { DirectionDecision, FlowKey } from './flow-decision.ts';
import { isAtNames } from './match-row.ts';
import type { Row, RowTable } from './rows.ts';
import { ENTRY, NONE, type RuleLists } from './rule-lists.ts';
import type { TierEnds } from './tier-ends.ts';

/** The policies of one direction, ready to be tried. */
export type Way = { readonly table: RowTable; readonly lists: RuleLists; readonly tierEnds: TierEnds };

/** A flow seen from the end whose policies are tried: that end is `own`, with the place of its block. */
export type Trial = {
  readonly owns: EndBlocks;
  readonly own: number;
  readonly peers: EndBlocks;
  readonly peer: number;
  readonly key: FlowKey;
  readonly portClass: number;
};

/** What decides; `none` where nothing in any tier does, null where the evaluator has to be asked. */
export function decideOver(way: Way, trial: Trial): DirectionDecision | 'none' | null {
  const { rows, firstRows, firstPlaces } = way.table;
  way.lists.begin(trial.owns, trial.own, trial.portClass);
  let tier = 0;
  for (;;) {
    const number = firstMatch(way, trial, firstRows[tier] ?? NONE);
    const row = number === NONE ? undefined : rows[number];
    const before = row === undefined ? NONE : (firstPlaces[row.tier] ?? NONE);
    const ended = firstDenying(way, trial, firstPlaces[tier] ?? NONE, before);
    if (ended !== null) return ended;
    if (row === undefined) return 'none';
    if (isUnsure(row, trial)) return null;
    if (row.decided !== null) return row.decided;
    tier = row.tier + 1;
  }
}

function firstDenying(
  { tierEnds }: Way,
  { owns, own }: Trial,
  from: number,
  before: number,
): DirectionDecision | null {
  let best = before;
  const count = groupCount(owns, own);
  for (let at = 0; at < count; at += 1) best = tierEnds.firstOf(groupAt(owns, own, at), from, best);
  return best === before ? null : tierEnds.decidedBy(best);
}

/**
 * The number of the first row from `from` on that matches, or may; NONE where none does. The cursors
 * move past what lies before it, which no later tier looks at again.
 */
function firstMatch({ table, lists }: Way, trial: Trial, from: number): number {
  const entries = lists.entries();
  const { cursors } = lists;
  const count = groupCount(trial.owns, trial.own);
  let best = NONE;
  for (let group = 0; group < count; group += 1) {
    let at = cursors[group] ?? 0;
    for (;;) {
      const number = entries[at] ?? NONE;
      if (number >= best) break;
      if (number >= from && matches(table.rows, entries, trial, at)) {
        best = number;
        break;
      }
      at += ENTRY;
    }
    cursors[group] = at;
  }
  return best;
}

function matches(rows: readonly Row[], entries: Int32Array, trial: Trial, at: number): boolean {
  if (!holds(trial.peers, trial.peer, entries[at + 1] ?? 0)) return false;
  if (!holds(trial.owns, trial.own, entries[at + 2] ?? 0)) return false;
  const named = entries[at + 3] ?? 0;
  if (named === 0) return true;
  const row = rows[entries[at] ?? 0];
  return row !== undefined && isAtNames(row, trial.key);
}

/** Whether the row was only taken to match because of what is not known. */
function isUnsure(row: Row, { peers, peer, owns, own, key }: Trial): boolean {
  if (row.isHard || (row.hasNames && key.destination.namedPorts === null)) return true;
  return peers.isOpen(peer, row.peer) || owns.isOpen(own, row.own);
}
