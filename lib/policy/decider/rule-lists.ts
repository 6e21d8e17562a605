import { type EndBlocks, groupAt, groupCount } from './end-blocks.ts';
import { isAtNumbers } from './match-row.ts';
import { type PortClasses, speaksOf } from './port-classes.ts';
import type { Group, RowTable } from './rows.ts';

/**
 * Of a group and a class of ports the rows that speak of it, in the order of evaluation. Most rules
 * are about other ports: measured, with the lists a flow looks at two rows of a group instead of fifty.
 */
export type RuleLists = {
  /**
   * By row four numbers: its own, the atoms that it asks of the peer and of its own end, and 1 where it
   * names ports; NONE ends a list.
   */
  readonly entries: () => Int32Array;
  /** Where in `entries` each group stands: one memory for all flows, which are decided one after the other. */
  readonly cursors: Int32Array;
  /** Sets the cursors of the groups of an end to the beginnings of their lists. */
  readonly begin: (owns: EndBlocks, own: number, portClass: number) => void;
};

/** Behind every number of a row. */
export const NONE = 0x7fffffff;
export const ENTRY = 4;

type Memory = { byClass: Map<number, Int32Array>; entries: Int32Array; used: number };

export function ruleLists(table: RowTable, classes: PortClasses, remembered: number): RuleLists {
  const memory: Memory = empty();
  const cursors = new Int32Array(table.groups.length);

  function build(group: Group | undefined, portClass: number): number {
    const start = memory.used;
    const { protocol, port } = classes.sampleOf(portClass);
    for (const number of group?.rows ?? []) {
      const row = table.rows[number];
      if (row === undefined || !speaksOf(row.rule, protocol)) continue;
      if (!row.hasNames && !isAtNumbers(row.rule.destination, port)) continue;
      append(memory, [number, row.peer, row.own, row.hasNames ? 1 : 0]);
    }
    append(memory, [NONE, 0, 0, 0]);
    return start;
  }

  function startsIn(portClass: number): Int32Array {
    const known = memory.byClass.get(portClass);
    if (known !== undefined) return known;
    const starts = new Int32Array(table.groups.length);
    memory.byClass.set(portClass, starts);
    return starts;
  }

  return {
    entries: () => memory.entries,
    cursors,
    begin: (owns, own, portClass) => {
      const size = memory.used + memory.byClass.size * table.groups.length;
      if (size > remembered) Object.assign(memory, empty());
      const known = startsIn(portClass);
      const count = groupCount(owns, own);
      for (let at = 0; at < count; at += 1) {
        const group = groupAt(owns, own, at);
        if (known[group] === 0) known[group] = build(table.groups[group], portClass);
        cursors[at] = known[group] ?? 0;
      }
    },
  };
}

/** No list begins at 0, so that 0 is one that was not built. */
function empty(): Memory {
  return { byClass: new Map(), entries: new Int32Array(1_024), used: ENTRY };
}

function append(memory: Memory, entry: readonly number[]): void {
  if (memory.used + ENTRY > memory.entries.length) {
    const larger = new Int32Array(memory.entries.length * 2);
    larger.set(memory.entries);
    memory.entries = larger;
  }
  memory.entries.set(entry, memory.used);
  memory.used += ENTRY;
}
