import type { LabelLookup } from './labels.ts';
import type { Comparison, SelectorNode } from './selector/node.ts';
import type { Selector } from './selector.ts';

type Entry<T> = { readonly item: T; readonly place: number };

/** Finds what may select an endpoint without asking every selector. */
export type LabelIndex<T> = {
  /** In the order in which they were given; may hold items whose selector does not match after all. */
  readonly candidatesFor: (lookup: LabelLookup) => readonly T[];
};

/**
 * Files each item under one label that its selector demands, the most telling one that it names. What
 * demands none is a candidate always; what demands an unknown label is a candidate too.
 */
export function labelIndex<T>(items: readonly T[], selectorOf: (item: T) => Selector): LabelIndex<T> {
  const always: Entry<T>[] = [];
  const byLabel = new Map<string, Map<string, Entry<T>[]>>();
  for (const [place, item] of items.entries()) {
    const demanded = demandOf(selectorOf(item).node);
    if (demanded === null) always.push({ item, place });
    else file(byLabel, demanded, { item, place });
  }
  return {
    candidatesFor: (lookup) => {
      const found = new Set(always);
      for (const [label, byValue] of byLabel) {
        const value = lookup(label);
        if (value === null) continue;
        const entries = value === undefined ? [...byValue.values()].flat() : (byValue.get(value) ?? []);
        for (const entry of entries) found.add(entry);
      }
      return [...found].sort((a, b) => a.place - b.place).map((entry) => entry.item);
    },
  };
}

function file<T>(
  byLabel: Map<string, Map<string, Entry<T>[]>>,
  { label, values }: Comparison,
  entry: Entry<T>,
): void {
  const byValue = byLabel.get(label) ?? new Map<string, Entry<T>[]>();
  byLabel.set(label, byValue);
  for (const value of values) {
    const entries = byValue.get(value) ?? [];
    entries.push(entry);
    byValue.set(value, entries);
  }
}

/** A comparison that must hold wherever the selector does; its own labels tell more than the namespace. */
function demandOf(node: SelectorNode): Comparison | null {
  if (node.kind === 'comparison') return node.operator === '==' || node.operator === 'in' ? node : null;
  if (node.kind !== 'and') return null;
  const demands = node.operands.map(demandOf).filter((demand) => demand !== null);
  return demands.find((demand) => !demand.label.startsWith('projectcalico.org/')) ?? demands[0] ?? null;
}
