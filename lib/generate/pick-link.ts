import type { Link } from '#lib/generate/estate.ts';
import type { Random } from '#lib/generate/random.ts';
import { type Rhythm, rhythmAt, rhythms } from '#lib/generate/rhythm.ts';

export type LinkPicker = {
  /** A link by how much of the traffic is its own at that moment. */
  readonly pick: (atMs: number, random: Random) => Link;
  /** How much traffic there is at a moment, in no unit. */
  readonly busynessAt: (atMs: number) => number;
};

// Takes the edge off the busiest links, which would otherwise be nearly all of a small log.
const damping = 0.75;

/** Picks by volume and rhythm. One table per rhythm: only the weights between the three move with time. */
export function createLinkPicker(links: readonly Link[]): LinkPicker {
  const tables = rhythms.map((rhythm) => tableOf(rhythm, links)).filter((table) => table.links.length > 0);

  function weightAt(table: Table, atMs: number): number {
    return (table.sums.at(-1) ?? 0) * rhythmAt(table.rhythm, atMs);
  }

  function busynessAt(atMs: number): number {
    return tables.reduce((sum, table) => sum + weightAt(table, atMs), 0);
  }

  function pick(atMs: number, random: Random): Link {
    let rest = random.next() * busynessAt(atMs);
    for (const table of tables) {
      const weight = weightAt(table, atMs);
      if (rest < weight) return pickFrom(table, random);
      rest -= weight;
    }
    return pickFrom(tables[0] ?? noLinks(), random);
  }

  return { pick, busynessAt };
}

type Table = { readonly rhythm: Rhythm; readonly links: readonly Link[]; readonly sums: readonly number[] };

function tableOf(rhythm: Rhythm, all: readonly Link[]): Table {
  const links = all.filter((link) => link.rhythm === rhythm);
  let sum = 0;
  const sums = links.map((link) => {
    sum += link.perHour ** damping;
    return sum;
  });
  return { rhythm, links, sums };
}

function pickFrom(table: Table, random: Random): Link {
  const wanted = random.next() * (table.sums.at(-1) ?? 0);
  let low = 0;
  let high = table.sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((table.sums[middle] ?? 0) <= wanted) low = middle + 1;
    else high = middle;
  }
  return table.links[low] ?? noLinks();
}

function noLinks(): never {
  throw new Error('an estate has at least one link');
}
